import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ChatConnectError,
  ChatDisconnectedError,
  ChatStoppedError,
} from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { unreachable } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { collect, scene, until, upTo } from './scene.mjs';

const room = 'room';

test('it connects, says so, and names the user', async (t) => {
  const { hub, chat } = await scene(t, { start: false });
  const states = [];
  chat.on('status', (status) => states.push(status.state));
  await chat.start();
  await settle();
  assert.deepEqual(states, ['connecting', 'connected']);
  assert.match(String(hub.connection.url[0]), /^http:\/\/chat\.test\/hubs\/chat\?user_id=me$/);
  await chat.stop();
  assert.equal(chat.status.state, 'stopped');
  assert.equal(hub.open.length, 0);
});

test('attempts go on for ever, further and further apart, the first one included', async (t) => {
  const { hub, clock, chat } = await scene(t, { start: false }, (fake, time) => {
    fake.refuses = () => unreachable();
    time.chance = 1; // the upper bounds themselves
  });
  const waits = [];
  chat.on('status', (status) => {
    if (status.state === 'waiting') waits.push(status.nextAttemptAt - clock.now());
  });
  await chat.start();
  await until(clock, () => hub.attempts >= 8, 'attempts');
  assert.deepEqual(waits.slice(0, 7), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  hub.refuses = () => null;
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.equal(chat.status.reason, null);
});

// CH-122
test('a server that is full is tried again when it said', async (t) => {
  const full = 'too_many_connections: this address has 200 connections, as many as one may have; retry in 9000 ms';
  const { clock, hub, chat } = await scene(t, { start: false }, (fake) => {
    fake.refuses = (attempt) => (attempt === 1
      ? Object.assign(new Error(`Failed to complete negotiation with the server: Error: {"error":"${full}"}: `
        + "Status code '429'"), { statusCode: 429 })
      : null);
  });
  const waits = [];
  chat.on('status', (status) => {
    if (status.state === 'waiting') waits.push(status.nextAttemptAt - clock.now());
  });
  await chat.start();
  await until(clock, () => chat.status.state === 'connected', 'connected');
  hub.connection.lose(new Error(`Server returned an error on close: ${full}`));
  await until(clock, () => waits.length === 2, 'lost');
  assert.deepEqual(waits, [9_000, 9_000]);
});

test('each wait is a random part of its bound', async (t) => {
  const { clock, chat } = await scene(t, { start: false }, (fake, time) => {
    fake.refuses = () => unreachable();
    time.chance = 0.25;
  });
  const waits = [];
  chat.on('status', (status) => {
    if (status.state === 'waiting') waits.push(status.nextAttemptAt - clock.now());
  });
  await chat.start();
  await until(clock, () => waits.length >= 4, 'waits');
  assert.deepEqual(waits.slice(0, 4), [250, 500, 1_000, 2_000]);
});

test('an attempt that hangs is given up', async (t) => {
  const { hub, clock, chat } = await scene(t, { connectTimeout: 100 }, (fake) => {
    fake.refuses = (attempt) => (attempt === 1 ? 'hangs' : null);
  });
  assert.equal(chat.status.state, 'connecting');
  await clock.advance(100);
  assert.match(chat.status.reason.message, /within 100 ms/);
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.equal(hub.attempts, 2);
});

test('without a token provider a server that says no for good is believed', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(400); });
  await until(clock, () => chat.status.state === 'failed', 'failed');
  assert.ok(chat.status.reason instanceof ChatConnectError);
  assert.equal(chat.status.reason.status, 400);
  await assert.rejects(chat.whenConnected(), ChatConnectError);
  await assert.rejects(chat.conversations(), { name: 'ChatConnectError' });
  await clock.advance(60_000);
  assert.equal(hub.attempts, 1);
  hub.refuses = () => null;
  await chat.start();
  await until(clock, () => chat.status.state === 'connected', 'connected');
});

for (const status of [400, 401, 403]) {
  test(`a client that was connected takes a ${status} for what stands between, and goes on`, async (t) => {
    const { hub, clock, chat } = await scene(t);
    hub.refuses = () => unreachable(status);
    hub.cut();
    await clock.advance(600_000);
    assert.notEqual(chat.status.state, 'failed');
    assert.equal(chat.status.reason.status, status);
    hub.refuses = () => null;
    await until(clock, () => chat.status.state === 'connected', 'connected');
  });
}

for (const status of [401, 403]) {
  test(`a first ${status} is doubted, five in a row are believed`, async (t) => {
    const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(status); });
    await until(clock, () => chat.status.state === 'failed', 'failed');
    assert.equal(hub.attempts, 5);
  });
}

test('one that has failed tries when it is told to, and what waits is sent', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(400); });
  const sent = chat.send(room, 'waits');
  sent.catch(() => {});
  await until(clock, () => chat.status.state === 'failed', 'failed');
  hub.refuses = () => null;
  chat.reconnectNow();
  await until(clock, () => hub.bodies(room).length === 1, 'sent');
  assert.equal(chat.status.state, 'connected');
});

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

test('a drained connection serves until the next one is there', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  await clock.advance(60_000); // it has lasted
  const [first] = hub.open;
  const states = [];
  chat.on('status', (status) => states.push(status.state));
  first.emit('ReconnectRequested', { withinMilliseconds: 1_000 });
  hub.post(room, 'meanwhile');
  await settle(); // without any time
  assert.equal(hub.attempts, 2);
  assert.equal(first.isOpen, false);
  hub.post(room, 'after');
  await until(clock, () => read.entries.length >= 2, 'both');
  assert.deepEqual(read.sequences, upTo(2));
  assert.equal(hub.open.length, 1);
  assert.equal(chat.status.state, 'connected');
  assert.deepEqual(states, []);
});

test('what the browser says about its network is a hint', async (t) => {
  const { hub, clock, chat } = await scene(t, { start: false });
  const browser = new EventTarget();
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  Object.assign(globalThis, {
    document: page,
    addEventListener: browser.addEventListener.bind(browser),
    removeEventListener: browser.removeEventListener.bind(browser),
  });
  t.after(async () => {
    await chat.stop();
    for (const name of ['document', 'addEventListener', 'removeEventListener']) delete globalThis[name];
  });
  await chat.start();
  await settle();
  hub.refuses = () => unreachable();
  browser.dispatchEvent(new Event('offline'));
  await settle();
  assert.equal(chat.status.online, false);
  assert.notEqual(chat.status.state, 'connected');
  await clock.advance(60_000);
  hub.refuses = () => null;
  browser.dispatchEvent(new Event('online'));
  await settle();
  assert.equal(chat.status.state, 'connected');
  assert.equal(chat.status.online, true);
});

test('an attempt can be asked for', async (t) => {
  const { hub, clock, chat } = await scene(t, { reconnect: { firstDelay: 3_600_000, maxDelay: 3_600_000 } });
  clock.chance = 1;
  hub.cut();
  await clock.advance(1_000);
  assert.equal(chat.status.state, 'waiting');
  chat.reconnectNow();
  await settle();
  assert.equal(chat.status.state, 'connected');
  assert.equal(hub.attempts, 2);
});

test('calls that may be made twice are made again, others say that the connection was lost', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = () => 'unanswered';
  const [list, made] = [chat.conversations(), chat.createConversation({ participantIds: ['ben'] })];
  made.catch(() => {});
  await settle();
  hub.decides = () => undefined;
  hub.cut();
  await assert.rejects(made, ChatDisconnectedError);
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.deepEqual(await list, []);
  assert.equal(hub.countOf('CreateConversation'), 1);
});

test('a call waits for a connection, unless its signal ends', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(); });
  const stop = new AbortController();
  const given = chat.conversations({ signal: stop.signal });
  const kept = chat.conversations();
  given.catch(() => {});
  stop.abort();
  await assert.rejects(given, { name: 'AbortError' });
  hub.refuses = () => null;
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.deepEqual(await kept, []);
});

test('stopping rejects what waits', async (t) => {
  const { hub, chat } = await scene(t);
  hub.decides = () => 'lost';
  const asked = chat.conversations();
  asked.catch(() => {});
  await settle();
  await chat.stop();
  await assert.rejects(asked, ChatStoppedError);
});

test('typing is said at most every 3 seconds, and not without a connection', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (let key = 0; key < 70; key++) {
    chat.typing(room);
    await clock.advance(100);
  }
  chat.typing(room, false);
  chat.typing(room, false);
  await settle();
  assert.deepEqual(hub.argumentsOf('Typing'), [[room, true], [room, true], [room, true], [room, false]]);
  const said = hub.countOf('Typing');
  hub.refuses = () => unreachable();
  hub.cut();
  await settle();
  chat.typing(room);
  await clock.advance(5_000);
  assert.equal(hub.countOf('Typing'), said);
});

// CH-150, CH-152
test('names are asked for, and changes of them come as events', async (t) => {
  const { hub, chat } = await scene(t);
  hub.names = { ben: 'Ben', me: null };
  assert.deepEqual(await chat.users(['ben', 'stranger', 'me']),
    [{ userId: 'ben', name: 'Ben' }, { userId: 'me', name: null }]);
  const changes = [];
  chat.on('userChanged', (profile) => changes.push(profile));
  hub.connection.emit('UserChanged', { userId: 'ben', name: null });
  assert.deepEqual(changes, [{ userId: 'ben', name: null }]);
});

test('typing, read positions and presence are told as events and to followers', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const [events, signals] = [[], []];
  for (const event of ['typing', 'readPosition', 'presence']) chat.on(event, (value) => events.push([event, value]));
  chat.follow(room, { after: 0, onEntries: () => {}, onSignal: (signal) => signals.push([signal.type, signal.value]) });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  const said = [
    ['typing', { conversationId: room, userId: 'ben', isTyping: true }],
    ['readPosition', { conversationId: room, userId: 'ben', sequence: 3 }],
    ['presence', { conversationId: room, userId: 'ben', online: true, lastSeenAt: null }],
  ];
  const elsewhere = ['typing', { conversationId: 'other', userId: 'ben', isTyping: true }];
  hub.connection.emit('TypingChanged', elsewhere[1]);
  hub.connection.emit('TypingChanged', said[0][1]);
  hub.connection.emit('ReadPositionChanged', said[1][1]);
  hub.connection.emit('PresenceChanged', said[2][1]);
  await clock.advance(100);
  assert.deepEqual(events, [elsewhere, ...said]);
  assert.deepEqual(signals, said);
});

test('the first connection is tried until there is one, and says so', async (t) => {
  const { hub, clock, chat } = await scene(t, { start: false }, (fake, time) => {
    fake.refuses = () => new Error('down');
    time.chance = 1;
  });
  const states = [];
  chat.on('status', (status) => states.push(status.state));
  await chat.start();
  await settle();
  assert.equal(chat.status.state, 'waiting');
  assert.equal(chat.status.nextAttemptAt, clock.now() + 1_000);
  assert.match(chat.status.reason.message, /down/);
  await clock.advance(1_000);
  hub.refuses = () => null;
  await clock.advance(2_000);
  assert.deepEqual(states, ['connecting', 'waiting', 'reconnecting', 'waiting', 'reconnecting', 'connected']);
  assert.equal(chat.status.reason, null);
});

test('a drained connection serves until another can be made', async (t) => {
  const { hub, clock, chat } = await scene(t);
  await clock.advance(10_000);
  hub.refuses = () => unreachable(503);
  const drained = hub.connection;
  drained.emit('ReconnectRequested', { withinMilliseconds: 1_000 });
  await settle();
  assert.equal(chat.status.state, 'connected');
  await chat.conversations();
  assert.equal(hub.calls.at(-1).connection, drained);
  hub.refuses = () => null;
  await until(clock, () => !drained.isOpen, 'moved');
  assert.equal(chat.status.state, 'connected');
});

test('a call whose connection is lost is made again if it only reads; a group is not made twice', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt, connection) => {
    if (attempt === 1) connection.lose(new Error('cut'));
  };
  const listed = chat.conversations();
  await until(clock, () => hub.attempts === 2 && chat.status.state === 'connected', 'connected again');
  assert.deepEqual(await listed, []);
  await assert.rejects(chat.createConversation({ participantIds: ['ben'] }), { name: 'ChatDisconnectedError' });
  await until(clock, () => hub.attempts === 3 && chat.status.state === 'connected', 'connected again');
  assert.equal(hub.countOf('CreateConversation'), 1);
});

test('the address keeps a path before the hub', async (t) => {
  const { hub } = await scene(t, { url: 'http://chat.test/under', userId: 'a b&c' });
  assert.equal(hub.connection.url[0], 'http://chat.test/under/hubs/chat?user_id=a+b%26c');
});
