import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IndexedDbOutboxStore } from '../../../Chat.Server/wwwroot/sdk/core/indexeddb-store.js';
import { FakeHub, unreachable } from './fake-hub.mjs';
import { Locks } from './locks.mjs';
import { ManualClock, settle } from './manual-clock.mjs';
import { newClient, quiet, scene, until, upTo } from './scene.mjs';

// A store that fails, hangs or is slow costs durability, never the message.

const room = 'room';
const never = () => new Promise(() => {});
const fails = async () => { throw new Error('no'); };
let databases = 0;

/** `localStorage` in memory. */
class Storage {
  #kept = new Map();
  get length() { return this.#kept.size; }
  key(index) { return [...this.#kept.keys()][index] ?? null; }
  getItem(key) { return this.#kept.get(key) ?? null; }
  setItem(key, value) { this.#kept.set(key, String(value)); }
  removeItem(key) { this.#kept.delete(key); }
}

/** A browser: what its tabs share. */
function browser() {
  const [name, locks, storage] = [`kept ${++databases}`, new Locks(), new Storage()];
  return {
    locks, storage,
    store: (tab = {}, more = {}) => new IndexedDbOutboxStore({ name, locks: locks.of(tab), storage, ...more }),
  };
}

/** A store that does as it is told. */
class Store {
  kept = new Map();
  async open() { return [...this.kept.values()].sort((a, b) => a.number - b.number); }
  async put(message) { this.kept.set(message.id, message); }
  async delete(id) { this.kept.delete(id); }
  async close() {}
}

for (const [what, broken] of Object.entries({ hangs: never, fails })) {
  test(`a store whose opening ${what} delays by 3 seconds at most, and says that nothing is kept`, async (t) => {
    const { hub, clock, chat } = await scene(t, { start: false, outbox: Object.assign(new Store(), { open: broken }) });
    const told = [];
    chat.on('outboxKept', (isKept) => told.push(isKept));
    const starting = chat.start();
    const sent = quiet(chat.send(room, 'hello'));
    await clock.advance(3_000);
    await starting;
    await sent;
    assert.deepEqual(hub.bodies(room), ['hello']);
    hub.decides = () => 'lost';
    quiet(chat.send(room, 'waits'));
    await settle();
    assert.equal(chat.isOutboxKept, false);
    assert.equal(told.at(-1), false);
  });

  test(`a store whose every step ${what} loses no message and holds none back`, async (t) => {
    const store = Object.assign(new Store(), { put: broken, delete: broken });
    const { hub, clock, chat } = await scene(t, { outbox: store });
    await Promise.all(upTo(20).map((n) => chat.send(room, `${n}`)));
    assert.equal(hub.bodies(room).length, 20);
    const stopping = chat.stop();
    await clock.advance(10_000);
    await stopping;
  });
}

test('what a slow store brings late is sent all the same', async (t) => {
  const store = new Store();
  let open;
  const left = {
    id: 'left', number: 1, conversationId: room, body: 'left', options: {}, createdAt: 0, state: 'pending', error: null,
  };
  store.open = () => new Promise((resolve) => { open = () => resolve([left]); });
  const { hub, clock, chat } = await scene(t, { start: false, outbox: store });
  const starting = chat.start();
  await clock.advance(3_000);
  await starting;
  await chat.send(room, 'first');
  open();
  await until(clock, () => hub.bodies(room).length === 2, 'both');
  assert.deepEqual(hub.bodies(room), ['first', 'left']);
  await settle();
  assert.equal(chat.isOutboxKept, true);
});

test('what a store did not take for a moment it is given again', async (t) => {
  const store = new Store();
  const put = store.put.bind(store);
  store.put = fails;
  const { clock, chat } = await scene(t, { outbox: store }, (fake) => { fake.refuses = () => unreachable(); });
  const sent = quiet(chat.send(room, 'waits'));
  await settle();
  assert.equal(chat.isOutboxKept, false);
  store.put = put;
  await until(clock, () => store.kept.size === 1, 'kept');
  assert.equal(store.kept.get(sent.message.id).body, 'waits');
  assert.equal(chat.isOutboxKept, true);
});

test('what is given up while the store fails is not given to it', async (t) => {
  const store = new Store();
  let open = false;
  store.open = async () => { if (!open) throw new Error('no'); return []; };
  const { clock, chat } = await scene(t, { outbox: store }, (fake) => { fake.refuses = () => unreachable(); });
  const [gone, stays] = [quiet(chat.send(room, 'gone')), quiet(chat.send(room, 'stays'))];
  chat.discard(gone.message.id);
  open = true;
  await until(clock, () => store.kept.size > 0, 'kept');
  assert.deepEqual([...store.kept.keys()], [stays.message.id]);
});

test('a page that is gone before its database wrote anything has noted the message', async (t) => {
  const { store, locks, storage } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const tab = {};
  const first = newClient(t, hub, clock, { outbox: store(tab, { indexedDB: { open: () => ({}) } }) });
  const starting = first.start();
  await clock.advance(3_000);
  await starting;
  const sent = quiet(first.send(room, 'noted'));
  assert.equal(first.isOutboxKept, true);
  locks.close(tab); // without a word
  hub.refuses = () => null;
  const second = newClient(t, hub, clock, { outbox: store() });
  await second.start();
  await until(clock, () => hub.bodies(room).length > 0, 'sent');
  assert.deepEqual(hub.log(room).map((entry) => [entry.body, entry.dedupeKey]), [['noted', sent.message.id]]);
  await settle();
  assert.deepEqual(upTo(storage.length).map((n) => storage.key(n - 1)).filter((key) => key.includes('jot')), []);
});

test('nothing stays noted of what is in the database', async (t) => {
  const { store, storage } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const chat = newClient(t, hub, clock, { outbox: store() });
  await chat.start();
  for (const n of upTo(5)) quiet(chat.send(room, `${n}`));
  await settle();
  assert.equal(chat.pending().length, 5);
  assert.deepEqual(upTo(storage.length).map((n) => storage.key(n - 1)).filter((key) => key.includes('jot')), []);
});

test('locks that a browser refuses are done without', async (t) => {
  const { store } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const refusing = { request: fails, query: fails };
  const first = newClient(t, hub, clock, { outbox: store({}, { locks: refusing }) });
  await first.start();
  quiet(first.send(room, 'kept'));
  await settle();
  await first.stop();
  hub.refuses = () => null;
  const second = newClient(t, hub, clock, { outbox: store({}, { locks: refusing }) });
  await second.start();
  await until(clock, () => hub.bodies(room).length === 1, 'sent');
  assert.deepEqual(hub.bodies(room), ['kept']);
});

test('a database that the browser closed is opened anew', async (t) => {
  const { store } = browser();
  const open = [];
  const indexedDB = {
    open: (...args) => {
      const request = globalThis.indexedDB.open(...args);
      request.addEventListener('success', () => open.push(request.result));
      return request;
    },
  };
  const outbox = store({}, { indexedDB });
  const { clock, chat } = await scene(t, { outbox }, (fake) => { fake.refuses = () => unreachable(); });
  await settle();
  open[0].close();
  quiet(chat.send(room, 'kept'));
  await until(clock, () => open.length === 2, 'opened again');
  await settle();
  assert.equal(chat.isOutboxKept, true);
});

test('of two tabs that accept in one millisecond the first is the first', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), clock = new ManualClock();
  hub.refuses = () => unreachable();
  const tabs = [{}, {}];
  const [one, two] = tabs.map((tab) => newClient(t, hub, clock, { outbox: store(tab) }));
  await one.start();
  await two.start();
  for (const n of upTo(6)) quiet((n % 2 ? two : one).send(room, `${n}`));
  await settle();
  await one.stop();
  await two.stop();
  for (const tab of tabs) locks.close(tab);
  hub.refuses = () => null;
  const third = newClient(t, hub, clock, { outbox: store() });
  quiet(third.send(room, 'last'));
  await third.start();
  await until(clock, () => hub.bodies(room).length === 7, 'sent');
  assert.deepEqual(hub.bodies(room), [...upTo(6).map(String), 'last']);
});

test('a clock that goes back changes no order', async (t) => {
  const { store, locks } = browser();
  const hub = new FakeHub(), late = new ManualClock(), early = new ManualClock();
  hub.refuses = () => unreachable();
  await late.advance(3_600_000);
  const tab = {};
  const first = newClient(t, hub, late, { outbox: store(tab) });
  await first.start();
  quiet(first.send(room, 'older'));
  await settle();
  await first.stop();
  locks.close(tab);
  hub.refuses = () => null;
  const second = newClient(t, hub, early, { outbox: store() });
  quiet(second.send(room, 'newer'));
  await second.start();
  await until(early, () => hub.bodies(room).length === 2, 'sent');
  assert.deepEqual(hub.bodies(room), ['older', 'newer']);
});
