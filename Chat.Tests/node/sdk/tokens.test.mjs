import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, unreachable } from './fake-hub.mjs';
import { collect, scene, until, upTo } from './scene.mjs';

// Tokens on open connections: the next one before the last one ends, and what ends a connection (CH-167, CH-168).

const room = 'room';
const closed = (code) => new Error(`Server returned an error on close: ${code}`);

/** A user with tokens of 100 seconds. */
async function signedIn(t, options = {}) {
  const asked = [], sent = [];
  const said = await scene(t, {
    start: false,
    accessToken: (reason) => (asked.push(reason), options.provider?.(reason) ?? `token ${asked.length}`),
    ...options,
  }, (hub, clock) => {
    hub.me = () => ({ userId: 'me', tenant: 'default', name: null, roles: ['user'], expiresInSeconds: 100 });
    hub.refreshed = (token) => (sent.push(token), hub.me());
    clock.chance = options.chance ?? 0.5;
  });
  const states = [];
  said.chat.on('status', ({ state }) => states.push(state));
  await said.chat.start();
  await until(said.clock, () => said.chat.status.state === 'connected', 'connected');
  return { ...said, asked, sent, states };
}

for (const [chance, seconds] of [[0, 70], [0.5, 80], [1, 90]]) {
  test(`a token is renewed after ${seconds} of 100 s where chance says ${chance}, without a gap`, async (t) => {
    const { hub, clock, chat, asked, sent, states } = await signedIn(t, { chance });
    const read = collect(chat, room, { after: 0 });
    await until(clock, () => hub.countOf('Join') === 1, 'joined');
    const began = clock.now();
    hub.post(room, 'before');
    await until(clock, () => sent.length === 1, 'renewed');
    const after = (clock.now() - began) / 1_000;
    assert.ok(Math.abs(after - seconds) < 2, `after ${after} s`);
    hub.post(room, 'after');
    await until(clock, () => sent.length === 3, 'renewed again and again');
    await until(clock, () => read.entries.length === 2, 'both');
    assert.deepEqual(read.sequences, upTo(2));
    assert.deepEqual(asked, ['start', 'expiring', 'expiring', 'expiring']);
    assert.deepEqual(sent, ['token 2', 'token 3', 'token 4']);
    assert.equal(hub.attempts, 1);
    assert.equal(hub.countOf('Join'), 1);
    assert.deepEqual(states, ['connecting', 'connected']);
  });
}

test('the moment is one of the token, not of the connection', async (t) => {
  const { hub, clock, chat, asked, sent } = await signedIn(t);
  const began = clock.now();
  for (const _ of upTo(7)) {
    await clock.advance(10_000);
    hub.me = () => ({ userId: 'me', tenant: 'default', expiresInSeconds: 100 - (clock.now() - began) / 1_000 });
    hub.cut();
    await until(clock, () => chat.status.state === 'connected', 'connected');
  }
  assert.deepEqual(asked, ['start']);
  await until(clock, () => sent.length === 1, 'renewed');
  assert.ok(clock.now() - began < 82_000);
  assert.deepEqual(asked, ['start', 'expiring']);
});

test('a provider that fails or hangs is asked again while the token holds', async (t) => {
  let times = 0;
  const provider = (reason) => {
    if (reason !== 'expiring') return 'first';
    if (++times === 1) throw new Error('no network');
    return times === 2 ? new Promise(() => {}) : 'next';
  };
  const { hub, clock, chat, sent } = await signedIn(t, { provider, connectTimeout: 5_000, chance: 0 });
  await until(clock, () => sent.length === 1, 'renewed');
  assert.deepEqual(sent, ['next']);
  assert.equal(hub.attempts, 1);
  assert.equal(chat.status.state, 'connected');
});

test('a provider that has no other token yet is asked when the time of the last one is over', async (t) => {
  const tokens = { start: 'one', expiring: 'one', expired: 'two' };
  const { hub, clock, chat, asked, sent } = await signedIn(t, { provider: (reason) => tokens[reason] });
  await clock.advance(101_000);
  assert.deepEqual(asked, ['start', 'expiring']);
  hub.connection.lose(closed('token_expired'));
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.equal(await hub.connection.url[1].accessTokenFactory(), 'two');
  assert.deepEqual(asked, ['start', 'expiring', 'expired']);
  assert.deepEqual(sent, []);
});

test('a token that has ended is not sent again, whatever ended the connection', async (t) => {
  const provider = (reason) => reason === 'expiring' ? 'start' : reason;
  const { hub, clock, chat, asked } = await signedIn(t, { provider });
  hub.refuses = () => unreachable();
  hub.cut();
  await clock.advance(120_000);
  hub.refuses = () => null;
  const tried = hub.connections.length;
  await until(clock, () => chat.status.state === 'connected', 'connected');
  for (const { url } of hub.connections.slice(tried)) assert.equal(await url[1].accessTokenFactory(), 'expired');
  assert.equal(asked.filter((reason) => reason === 'expired').length, 1);
});

test('no next token is a sign-out', async (t) => {
  const { hub, clock, chat } = await signedIn(t, { provider: (reason) => reason === 'expiring' ? '' : reason });
  await until(clock, () => chat.status.state === 'signedOut', 'signed out');
  assert.equal(hub.open.length, 0);
  await clock.advance(600_000);
  assert.equal(hub.attempts, 1);
});

test('a next token that is not taken is asked for once more, then the user is signed out', async (t) => {
  const { hub, clock, chat, asked, sent } = await signedIn(t);
  hub.refreshed = (token) => {
    sent.push(token);
    if (sent.length < 2) throw refusal('token_invalid');
    return hub.me();
  };
  await until(clock, () => sent.length === 2, 'another one');
  await until(clock, () => sent.length === 3, 'and so on');
  assert.deepEqual(asked, ['start', 'expiring', 'refused', 'expiring']);
  assert.equal(chat.status.state, 'connected');
  hub.refreshed = () => { throw refusal('token_invalid'); };
  await until(clock, () => chat.status.state === 'signedOut', 'signed out');
  assert.equal(hub.attempts, 1);
});

for (const [what, answer] of Object.entries({
  'another user': () => ({ userId: 'ben', tenant: 'default', expiresInSeconds: 100 }),
  'another tenant': () => ({ userId: 'me', tenant: 'acme', expiresInSeconds: 100 }),
  'what the server takes for another user': () => { throw refusal('identity_mismatch'); },
})) {
  test(`a next token of ${what} ends the client`, async (t) => {
    const { hub, clock, chat } = await signedIn(t);
    hub.refreshed = answer;
    await until(clock, () => chat.status.state === 'failed', 'failed');
    assert.equal(chat.status.reason.name, 'ChatOtherUserError');
    assert.equal(hub.open.length, 0);
  });
}

test('a server that is busy, or does not know how, is asked again and keeps the connection', async (t) => {
  const { hub, clock, sent } = await signedIn(t);
  hub.decides = (method, args, attempt) => {
    if (method !== 'Refresh') return undefined;
    if (attempt === 1) return refusal('internal_error');
    return attempt === 2 ? new Error("Failed to invoke 'Refresh' due to an error on the server.") : undefined;
  };
  await until(clock, () => sent.length === 1, 'renewed');
  assert.deepEqual(sent, ['token 2']);
  assert.equal(hub.attempts, 1);
});

test('the end of a revoked token asks the provider once more, and that one is the last', async (t) => {
  const { hub, clock, chat, asked } = await signedIn(t);
  hub.refuses = () => unreachable(401);
  hub.connection.lose(closed('token_revoked'));
  await until(clock, () => chat.status.state === 'signedOut', 'signed out');
  assert.deepEqual(asked, ['start', 'refused']);
  assert.equal(hub.attempts, 2);
});

for (const code of ['identity_mismatch', 'banned', 'tenant_suspended']) {
  test(`the end with ${code}, and a connect refused with it, are final`, async (t) => {
    const { hub, clock, chat } = await signedIn(t);
    const kept = chat.send(room, 'stays');
    kept.catch(() => {});
    hub.decides = (method) => method === 'Send' ? 'lost' : undefined;
    hub.connection.lose(closed(code));
    await until(clock, () => chat.status.state === 'failed', 'failed');
    assert.equal(chat.status.reason.code, code);
    assert.equal(hub.attempts, 1);
    const answer = Object.assign(new Error(`Failed: Error: {"error":"${code}: no"}: Status code '403'`),
      { statusCode: 403 });
    hub.refuses = () => answer;
    await chat.start();
    await until(clock, () => chat.status.state === 'failed', 'failed again');
    assert.equal(chat.status.reason.code, code);
    assert.equal(hub.attempts, 2);
  });
}

test('a 403 of something on the way is no word of the server', async (t) => {
  const { hub, clock, chat } = await signedIn(t);
  hub.refuses = () => Object.assign(new Error('<h1>You are banned</h1>'), { statusCode: 403 });
  hub.cut();
  await clock.advance(300_000);
  assert.notEqual(chat.status.state, 'failed');
});

test('a user of another tenant than the application says is another user', async (t) => {
  const { chat, hub, clock } = await scene(t, { accessToken: () => 'secret', start: false });
  hub.me = () => ({ userId: 'me', tenant: 'acme', expiresInSeconds: 60 });
  await chat.start();
  await until(clock, () => chat.status.state === 'failed', 'failed');
  assert.equal(chat.status.reason.name, 'ChatOtherUserError');
  assert.match(chat.status.reason.message, /acme/);
});

test('who signs out is signed out until start, and not when the page is looked at again', async (t) => {
  const { hub, clock, chat, asked } = await signedIn(t);
  const reading = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  await chat.signOut();
  assert.equal(chat.status.state, 'signedOut');
  await reading.done;
  assert.equal(reading.error.name, 'ChatSignedOutError');
  chat.reconnectNow();
  await clock.advance(60_000);
  assert.equal(hub.attempts, 1);
  await chat.start();
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.deepEqual(asked, ['start', 'start']);
});

for (const [url, isWarned] of Object.entries({
  'http://chat.test': true, 'http://10.0.0.7:8080': true, 'https://chat.test': false, 'http://localhost:8080': false,
  'http://app.localhost': false, 'http://127.0.0.1': false, 'http://[::1]:8080': false,
})) {
  test(`a token for ${url} is ${isWarned ? 'warned of, once' : 'nothing to warn of'}`, async (t) => {
    const warned = t.mock.method(console, 'warn', () => {});
    const { chat } = await scene(t, { url, accessToken: () => 'secret' });
    await chat.stop();
    await chat.start();
    assert.equal(warned.mock.callCount(), isWarned ? 1 : 0);
    assert.ok(!warned.mock.calls.some((call) => `${call.arguments}`.includes('secret')));
  });
}
