import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatConnectError, ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
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

test('stopping rejects what waits', async (t) => {
  const { hub, chat } = await scene(t);
  hub.decides = () => 'lost';
  const asked = chat.conversations();
  asked.catch(() => {});
  await settle();
  await chat.stop();
  await assert.rejects(asked, ChatStoppedError);
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

test('the address keeps a path before the hub', async (t) => {
  const { hub } = await scene(t, { url: 'http://chat.test/under', userId: 'a b&c' });
  assert.equal(hub.connection.url[0], 'http://chat.test/under/hubs/chat?user_id=a+b%26c');
});
