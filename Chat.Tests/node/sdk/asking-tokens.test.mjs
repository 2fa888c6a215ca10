import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unreachable } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { scene, until } from './scene.mjs';

const room = 'room';

test('a token is asked for once per token, not per connection', async (t) => {
  const asked = [];
  const accessToken = async (reason) => (asked.push(reason), 'secret');
  const { hub, clock, chat } = await scene(t, { accessToken });
  const { accessTokenFactory } = hub.connection.url[1];
  assert.equal(await accessTokenFactory(), 'secret');
  hub.cut();
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.equal(await hub.connection.url[1].accessTokenFactory(), 'secret');
  assert.deepEqual(asked, ['start']);
});

test('a token that expired, or is not taken any more, is asked for anew, and why', async (t) => {
  const asked = [];
  const accessToken = (reason) => (asked.push(reason), `secret ${asked.length}`);
  const { hub, clock, chat } = await scene(t, { accessToken });
  hub.connection.lose(new Error('Server returned an error on close: token_expired'));
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.equal(await hub.connection.url[1].accessTokenFactory(), 'secret 2');
  hub.connection.lose(new Error('Server returned an error on close: token_revoked'));
  await until(clock, () => chat.status.state === 'connected', 'connected');
  hub.refuses = (attempt) => attempt === 4 ? unreachable(401) : null;
  hub.cut();
  await until(clock, () => hub.attempts === 5 && chat.status.state === 'connected', 'connected');
  assert.deepEqual(asked, ['start', 'expired', 'refused', 'refused']);
});

test('without a token, and when the second is not taken either, the user is signed out until start', async (t) => {
  let token = null;
  const states = [];
  const { hub, clock, chat } = await scene(t, { start: false, accessToken: () => token });
  chat.on('status', ({ state }) => states.push(state));
  await chat.start();
  await until(clock, () => chat.status.state === 'signedOut', 'signed out');
  assert.equal(chat.status.reason.name, 'ChatSignedOutError');
  assert.equal(hub.attempts, 0);
  await assert.rejects(chat.conversations(), { name: 'ChatSignedOutError' });
  token = 'secret';
  hub.refuses = () => unreachable(401);
  await chat.start();
  await until(clock, () => chat.status.state === 'signedOut', 'signed out again');
  assert.equal(hub.attempts, 2);
  await clock.advance(600_000);
  assert.equal(hub.attempts, 2);
  hub.refuses = () => null;
  await chat.start();
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.ok(!states.includes('failed'));
});

test('a provider that throws is asked again with the usual waits', async (t) => {
  let asked = 0;
  const accessToken = () => {
    if (++asked < 3) throw new Error('no network');
    return 'secret';
  };
  const { clock, chat } = await scene(t, { accessToken });
  assert.equal(chat.status.state, 'waiting');
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.equal(asked, 3);
});

test('the outbox opens when the server has said who this is, and another user gets none of it', async (t) => {
  let me = 'ann';
  const opened = [];
  const nothing = async () => {};
  const store = { open: async (owner) => (opened.push(owner), []), put: nothing, delete: nothing, close: nothing };
  const options = { userId: undefined, accessToken: () => `of ${me}`, outbox: store, start: false };
  const { hub, clock, chat } = await scene(t, options);
  hub.decides = (method) => method === 'Send' ? 'lost' : undefined;
  hub.me = () => ({ userId: me, tenant: 'default', name: null, roles: ['user'], expiresInSeconds: 60 });
  await chat.start();
  await until(clock, () => chat.status.state === 'connected', 'connected');
  await settle();
  assert.deepEqual(opened, ['http://chat.test/hubs/chat ann']);
  assert.equal(chat.userId, 'ann');
  chat.send(room, 'by ann');
  await until(clock, () => hub.countOf('Send') === 1, 'on its way');
  me = 'ben';
  hub.connection.lose(new Error('Server returned an error on close: token_expired'));
  await until(clock, () => chat.status.state === 'failed', 'failed');
  assert.equal(chat.status.reason.name, 'ChatOtherUserError');
  assert.equal(hub.countOf('Send'), 1);
  assert.equal(hub.open.length, 0);
  assert.equal(chat.pending().length, 1);
  await chat.signOut({ clear: true });
  assert.equal(chat.pending().length, 0);
});
