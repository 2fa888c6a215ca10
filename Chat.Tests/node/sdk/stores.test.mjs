import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { IndexedDbOutboxStore } from '../../../Chat.Server/wwwroot/sdk/core/indexeddb-store.js';
import { refusal, FakeHub, unreachable } from './fake-hub.mjs';
import { Locks } from './locks.mjs';
import { ManualClock, settle } from './manual-clock.mjs';
import { newClient, scene, until, upTo } from './scene.mjs';

const room = 'room';
const bodies = (n) => upTo(n).map(String);
let databases = 0;

/** A browser: what its tabs share. */
function browser() {
  const [name, locks] = [`outbox ${++databases}`, new Locks()];
  return { locks, store: (tab = {}) => new IndexedDbOutboxStore({ name, locks: locks.of(tab) }) };
}

test('what a page had accepted is sent by the next one, in order and once', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.decides = (method, args, attempt) => (method === 'Send' ? (attempt <= 2 ? 'unanswered' : 'lost') : undefined);
  const tab = {};
  const first = newClient(t, hub, clock, { outbox: store(tab) });
  await first.start();
  for (const body of bodies(10)) first.send(room, body).catch(() => {});
  await until(clock, () => hub.countOf('Send') >= 10);
  await first.stop(); // the page is gone
  locks.close(tab);
  assert.equal(hub.bodies(room).length, 2);

  hub.decides = () => undefined;
  const second = newClient(t, hub, clock, { outbox: store() });
  await second.start();
  second.send(room, 'new').catch(() => {});
  await until(clock, () => hub.bodies(room).length === 11);
  assert.deepEqual(hub.bodies(room), [...bodies(10), 'new']);
  await until(clock, () => second.pending().length === 0);
  await second.stop();

  const third = newClient(t, hub, clock, { outbox: store() });
  await third.start();
  await clock.advance(5_000);
  assert.deepEqual(third.pending(), []);
  assert.equal(hub.bodies(room).length, 11);
});

test('what waits is there again, before there is a connection', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const tab = {};
  const first = newClient(t, hub, clock, { outbox: store(tab) });
  await first.start();
  const sent = first.send(room, 'later', { attachmentUrl: 'http://x.test/', attachmentMeta: { a: [1] } });
  sent.catch(() => {});
  await settle();
  await first.stop();
  await assert.rejects(sent, ChatStoppedError);
  locks.close(tab);
  const second = newClient(t, hub, clock, { outbox: store() });
  await second.start();
  assert.deepEqual(
    second.pending(room).map((message) => [message.id, message.body, message.state]),
    [[sent.message.id, 'later', 'pending']],
  );
  hub.refuses = () => null;
  await until(clock, () => hub.bodies(room).length === 1);
  assert.equal(hub.log(room)[0].dedupeKey, sent.message.id);
});

test('each user and server has an outbox of its own', async (t) => {
  const { store } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const ann = newClient(t, hub, clock, { userId: 'ann', outbox: store() });
  await ann.start();
  ann.send(room, 'of ann').catch(() => {});
  await settle();
  const ben = newClient(t, hub, clock, { userId: 'ben', outbox: store() });
  await ben.start();
  assert.deepEqual(ben.pending(), []);
});

test('a message is sent by one of several tabs, and by another when that one is closed', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  const [one, two] = [{}, {}];
  const first = newClient(t, hub, clock, { outbox: store(one) });
  const second = newClient(t, hub, clock, { outbox: store(two) });
  await first.start();
  await second.start();
  hub.decides = (method) => (method === 'Send' ? 'lost' : undefined);
  for (const body of bodies(5)) first.send(room, body).catch(() => {});
  await until(clock, () => hub.countOf('Send') === 5);
  await clock.advance(20_000);
  assert.equal(hub.countOf('Send'), 5, 'the other tab leaves them alone');
  hub.decides = () => undefined;
  await first.stop();
  locks.close(one);
  await until(clock, () => hub.bodies(room).length === 5);
  assert.deepEqual(hub.bodies(room), bodies(5));
});

test('a failed message is kept as failed', async (t) => {
  const { store, locks } = browser();
  const { hub, clock, chat } = await scene(t, { start: false });
  hub.decides = (method) => (method === 'Send' ? refusal('forbidden', 'no') : undefined);
  const tab = {};
  const first = newClient(t, hub, clock, { outbox: store(tab) });
  await first.start();
  first.send(room, 'mine').catch(() => {});
  await until(clock, () => first.pending()[0]?.state === 'failed');
  await settle();
  await first.stop();
  locks.close(tab);
  hub.decides = () => undefined;
  const second = newClient(t, hub, clock, { outbox: store() });
  await second.start();
  await clock.advance(2_000);
  const [message] = second.pending();
  assert.deepEqual([message?.state, message?.error?.code], ['failed', 'forbidden']);
  second.discard(message.id);
  await chat.stop();
});

/** Ann, Ben and others on one browser; who it is, the token says. */
function signedIn(t, hub, clock, who, outbox) {
  hub.me = () => ({ ...who, expiresInSeconds: null });
  return newClient(t, hub, clock, { outbox, accessToken: () => JSON.stringify(who), userId: undefined });
}

test('what one user wrote is never sent as another: not of another name, nor of another tenant', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.decides = (method) => method === 'Send' ? 'lost' : undefined;
  const users = [
    { tenant: 'default', userId: 'ann' }, { tenant: 'acme', userId: 'ann' }, { tenant: 'default', userId: '#acme ann' },
    { tenant: 'default', userId: 'ben' },
  ];
  const named = ({ tenant, userId }) => `by ${userId} of ${tenant}`;
  for (const who of users) {
    const tab = {};
    const chat = signedIn(t, hub, clock, who, store(tab));
    await chat.start();
    await until(clock, () => chat.status.state === 'connected');
    chat.send(room, named(who)).catch(() => {});
    await until(clock, () => chat.pending().length === 1);
    await settle();
    assert.deepEqual(chat.pending().map(({ body }) => body), [named(who)]);
    await chat.stop();
    locks.close(tab);
  }
  hub.decides = () => undefined;
  for (const who of users) {
    const chat = signedIn(t, hub, clock, who, store());
    await chat.start();
    await until(clock, () => hub.bodies(room).length > 0);
    await until(clock, () => chat.pending().length === 0);
    assert.deepEqual(hub.bodies(room), [named(who)]);
    hub.log(room).length = 0;
    await chat.stop();
  }
});

test('signing out and clearing leaves nothing of the user, and everything of others', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.decides = (method) => method === 'Send' ? 'lost' : undefined;
  const ann = { tenant: 'default', userId: 'ann' }, ben = { tenant: 'default', userId: 'ben' };
  const write = async (who, tab) => {
    const chat = signedIn(t, hub, clock, who, store(tab));
    await chat.start();
    await until(clock, () => chat.status.state === 'connected');
    chat.send(room, `by ${who.userId}`).catch(() => {});
    await settle();
    await settle();
    return chat;
  };
  const gone = {};
  await (await write(ben, gone)).stop();
  const open = await write(ann, {}), leaving = await write(ann, {});
  await leaving.signOut({ clear: true });
  assert.equal(leaving.status.state, 'signedOut');
  assert.deepEqual(leaving.pending(), []);
  await open.stop();
  locks.close(gone);
  hub.decides = () => undefined;
  for (const [who, left] of [[ann, []], [ben, ['by ben']]]) {
    const chat = signedIn(t, hub, clock, who, store());
    await chat.start();
    await until(clock, () => chat.status.state === 'connected');
    await until(clock, () => chat.pending().length === 0);
    assert.deepEqual(hub.bodies(room), left);
    await chat.stop();
  }
});

test('a sign-out before there was a connection clears what is known to be the user\u2019s', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const tab = {};
  const chat = newClient(t, hub, clock, { outbox: store(tab) });
  await chat.start();
  chat.send(room, 'waits').catch(() => {});
  await settle();
  await chat.stop();
  locks.close(tab);
  await newClient(t, hub, clock, { outbox: store() }).signOut({ clear: true });
  const next = newClient(t, hub, clock, { outbox: store() });
  await next.start();
  await settle();
  assert.deepEqual(next.pending(), []);
});

test('what a version before kept under no name is taken over once, and not sent by itself', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  const old = store({});
  await old.open('http://chat.test/hubs/chat ');
  await old.put({
    id: 'old', number: 1, conversationId: room, body: 'by whom?', options: {}, createdAt: 0, state: 'pending',
    error: null,
  });
  await old.close();
  const [ann, ben] = ['ann', 'ben'].map((userId) => ({ tenant: 'default', userId }));
  const tab = {};
  const first = signedIn(t, hub, clock, ann, store(tab));
  await first.start();
  await until(clock, () => first.pending().length === 1);
  await clock.advance(60_000);
  assert.deepEqual(hub.bodies(room), []);
  assert.equal(first.pending()[0].state, 'failed');
  assert.equal(first.pending()[0].error.code, 'unknown_writer');
  await first.stop();
  locks.close(tab);
  const second = signedIn(t, hub, clock, ben, store());
  await second.start();
  await clock.advance(60_000);
  assert.deepEqual(second.pending(), []);
  await second.stop();
  const again = signedIn(t, hub, clock, ann, store());
  await again.start();
  await until(clock, () => again.pending().length === 1);
  again.retry('old');
  await until(clock, () => hub.bodies(room).length === 1, 'sent because Ann said so');
});
