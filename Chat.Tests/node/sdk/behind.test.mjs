import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../Chat.Server/wwwroot/sdk/core/fold.js';
import { IndexedDbOutboxStore } from '../../../Chat.Server/wwwroot/sdk/core/indexeddb-store.js';
import { randomOf } from '../random.mjs';
import { refusal } from './fake-hub.mjs';
import { Locks } from './locks.mjs';
import { settle } from './manual-clock.mjs';
import { SharedStore } from './shared-store.mjs';
import { newClient, quiet, scene, until } from './scene.mjs';

// Changes of messages that wait in the outbox themselves: they go behind them, and share their fate.

const away = () => new Error('away');
const kindsOf = (hub) => hub.log('room').map(({ kind, body }) => (body ? `${kind} ${body}` : kind));
const keyOf = (sent) => sent.message.id;

/** A client without a connection. */
const offline = (t, options) => scene(t, options, (hub) => { hub.refuses = away; });

test('changes of a message that waits go behind it, in the order of the calls', async (t) => {
  const { hub, clock, chat } = await offline(t);
  const one = quiet(chat.send('room', 'one')), two = quiet(chat.send('room', 'two'));
  const all = [one, two, quiet(chat.editMessage('room', keyOf(one), { body: 'ONE' })),
    quiet(chat.setReactions('room', keyOf(two), ['👍'])), quiet(chat.deleteMessage('room', keyOf(one))),
    quiet(chat.send('room', 'three'))];
  assert.deepEqual(chat.pending('room').map(({ change, mayBeStored }) =>
    [change?.kind ?? 'message', change?.targetSequence, change?.targetKey, mayBeStored]), [
    ['message', undefined, undefined, false], ['message', undefined, undefined, false],
    ['edit', null, keyOf(one), false], ['reactions', null, keyOf(two), false], ['delete', null, keyOf(one), false],
    ['message', undefined, undefined, false]]);
  hub.refuses = () => null;
  await until(clock, () => chat.pending().length === 0);
  assert.deepEqual(kindsOf(hub),
    ['message one', 'message two', 'messageEdited ONE', 'reactionsChanged', 'messageDeleted', 'message three']);
  assert.deepEqual(hub.log('room').map(({ targetSequence = null }) => targetSequence), [null, null, 1, 2, 1, null]);
  assert.deepEqual((await Promise.all(all)).map(({ sequence }) => sequence), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(Object.keys(hub.argumentsOf('EditMessage')[0][2]).sort(), ['body', 'dedupeKey']);
});

test('a change waits for the receipt of its message, and what is behind it waits too', async (t) => {
  const { hub, clock, chat } = await scene(t);
  let answer;
  const invoke = hub.connection.invoke.bind(hub.connection);
  hub.connection.invoke = async (method, ...args) => {
    if (method === 'Send' && args[1] === 'one') await new Promise((resolve) => { answer = resolve; });
    return invoke(method, ...args);
  };
  const one = chat.send('room', 'one');
  const edit = chat.editMessage('room', keyOf(one), { body: 'ONE' });
  const behind = chat.send('room', 'behind'), elsewhere = chat.send('other', 'elsewhere');
  await elsewhere;
  assert.equal(hub.countOf('EditMessage'), 0);
  assert.deepEqual(hub.bodies('room'), []);
  assert.deepEqual(chat.pending('room').map(({ mayBeStored }) => mayBeStored), [true, false, false]);
  answer();
  await until(clock, () => chat.pending().length === 0);
  assert.deepEqual([(await one).sequence, (await edit).sequence, (await behind).sequence], [1, 2, 3]);
});

test('a message whose answer was lost is stored once, and its edit knows its place', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt, connection) => {
    if (method !== 'Send' || attempt > 1) return undefined;
    queueMicrotask(() => connection.lose(new Error('cut')));
    return 'unanswered';
  };
  const one = chat.send('room', 'one'), edit = chat.editMessage('room', keyOf(one), { body: 'ONE' });
  await until(clock, () => chat.pending().length === 0);
  assert.equal((await one).duplicate, true);
  await edit;
  assert.deepEqual(kindsOf(hub), ['message one', 'messageEdited ONE']);
});

test('a message that is refused takes its changes back, and they are tried again behind it', async (t) => {
  const { hub, clock, chat } = await offline(t);
  const one = quiet(chat.send('room', 'one')), other = quiet(chat.send('room', 'other'));
  const edit = quiet(chat.editMessage('room', keyOf(one), { body: 'ONE' }));
  const set = quiet(chat.setReactions('room', keyOf(one), ['👍']));
  hub.decides = (method, args) => (args[1] === 'one' ? refusal('forbidden', 'not now') : undefined);
  hub.refuses = () => null;
  await until(clock, () => hub.bodies('room').length > 0);
  await other;
  for (const refused of [one, edit, set]) await assert.rejects(refused, { code: 'forbidden', message: 'not now' });
  assert.deepEqual(kindsOf(hub), ['message other']);
  assert.deepEqual(chat.pending().map(({ state }) => state), ['failed', 'failed', 'failed']);
  await assert.rejects(chat.editMessage('room', keyOf(one), { body: 'x' }), { code: 'bad_request' });
  assert.equal(chat.retry(keyOf(edit)), false);
  hub.decides = () => undefined;
  for (const id of [keyOf(one), keyOf(edit), keyOf(set)]) assert.equal(chat.retry(id), true);
  await until(clock, () => chat.pending().length === 0);
  assert.deepEqual(kindsOf(hub), ['message other', 'message one', 'messageEdited ONE', 'reactionsChanged']);
});

test('a change that failed with its message knows its place once that is sent', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method) => (method === 'Send' ? refusal('forbidden') : undefined);
  const one = quiet(chat.send('room', 'one')), edit = quiet(chat.editMessage('room', keyOf(one), { body: 'ONE' }));
  await until(clock, () => chat.pending().every(({ state }) => state === 'failed'));
  hub.decides = () => undefined;
  chat.retry(keyOf(one));
  await until(clock, () => chat.pending().length === 1);
  assert.deepEqual(kindsOf(hub), ['message one']);
  assert.equal(chat.pending()[0].change.targetSequence, 1);
  assert.equal(chat.retry(keyOf(edit)), true);
  await until(clock, () => chat.pending().length === 0);
  assert.deepEqual(kindsOf(hub), ['message one', 'messageEdited ONE']);
});

test('a message that is discarded takes its changes with it', async (t) => {
  const kept = new Map();
  const { hub, clock, chat } = await offline(t, { outbox: new SharedStore(kept) });
  const one = quiet(chat.send('room', 'one')), edit = quiet(chat.editMessage('room', keyOf(one), { body: 'ONE' }));
  quiet(chat.send('room', 'stays'));
  await settle();
  assert.equal(kept.size, 3);
  assert.equal(chat.discard(keyOf(one)), true);
  for (const gone of [one, edit]) await assert.rejects(gone, { name: 'ChatStoppedError' });
  hub.refuses = () => null;
  await until(clock, () => chat.pending().length === 0);
  assert.deepEqual(kindsOf(hub), ['message stays']);
  await settle();
  assert.equal(kept.size, 0);
});

test('only a message of this outbox can be changed by its key', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const one = await sentOf(chat, 'one');
  for (const [conversation, key] of [['room', 'nobody'], ['other', one.id], ['room', '']])
    await assert.rejects(chat.editMessage(conversation, key, { body: 'x' }), { code: 'bad_request' });
  for (const target of [null, undefined])
    await assert.rejects(chat.editMessage('room', target, { body: 'x' }), { code: 'bad_request' });
  await assert.rejects(chat.editMessage('room', one.id, { body: ' ' }), { code: 'bad_request' });
  hub.refuses = away;
  hub.cut();
  const edit = quiet(chat.editMessage('room', one.id, { body: 'ONE' })); // it is known where that is
  assert.deepEqual(edit.message.change, { kind: 'edit', targetSequence: 1, body: 'ONE' });
  await assert.rejects(chat.editMessage('room', keyOf(edit), { body: 'x' }), { code: 'bad_request' });
  hub.refuses = () => null;
  await until(clock, () => chat.pending().length === 0);
  assert.deepEqual(kindsOf(hub), ['message one', 'messageEdited ONE']);
});

async function sentOf(chat, body) {
  const sent = chat.send('room', body);
  await sent;
  return sent.message;
}

test('a page that is gone after the receipt, and before the answer to the edit, leaves it to the next', async (t) => {
  const [name, locks] = ['behind', new Locks()], tab = {};
  const store = (of) => new IndexedDbOutboxStore({ name, locks: locks.of(of), storage: null });
  const { hub, clock, chat } = await scene(t, { outbox: store(tab) });
  hub.decides = (method) => (method === 'EditMessage' ? 'lost' : undefined);
  const one = chat.send('room', 'one');
  quiet(chat.editMessage('room', keyOf(one), { body: 'ONE' }));
  await one;
  await until(clock, () => hub.countOf('EditMessage') === 1);
  locks.close(tab); // without a word
  hub.decides = () => undefined;
  hub.cut();
  await chat.stop();
  const next = newClient(t, hub, clock, { outbox: store({}) });
  await next.start();
  await until(clock, () => kindsOf(hub).includes('messageEdited ONE') && next.pending().length === 0);
  assert.deepEqual(kindsOf(hub), ['message one', 'messageEdited ONE']);
  assert.equal(hub.log('room')[1].targetSequence, 1);
});

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
  test(`whatever is lost, messages and their changes are stored once and in order (seed ${seed})`, async (t) => {
    const next = randomOf(seed * 2_654_435_761), random = (bound) => Math.floor(next() * bound), kept = new Map();
    const { hub, clock, chat: first } = await scene(t, { outbox: new SharedStore(kept) });
    const faults = ['lost', 'unanswered', 'nothing', 'nothing', 'nothing'];
    let isQuiet = false;
    const ended = new Set(); // what goes into a connection behind what was lost is lost as well
    hub.decides = (method, args, attempt, connection) => {
      const fault = ended.has(connection) ? 'lost' : isQuiet ? 'nothing' : faults[random(faults.length)];
      if (fault === 'nothing') return undefined;
      if (fault === 'lost') ended.add(connection);
      queueMicrotask(() => connection.lose(new Error('cut')));
      return fault;
    };
    let chat = first;
    const calls = [], messages = [], wanted = new Map();
    for (let i = 0; i < 60; i++) {
      const target = messages[random(messages.length)];
      if (target === undefined || random(3) === 0) {
        const sent = quiet(chat.send('room', `m${i}`));
        messages.push(keyOf(sent));
        calls.push(keyOf(sent));
        wanted.set(keyOf(sent), `m${i}`);
      } else {
        const stored = hub.log('room').find(({ dedupeKey }) => dedupeKey === target);
        // By its key as long as it waits here, and by its place when it is seen in the log.
        const isHere = chat.pending('room').some(({ id }) => id === target);
        const edit = quiet(chat.editMessage('room', isHere ? target : stored.sequence, { body: `e${i}` }));
        calls.push(keyOf(edit));
        wanted.set(target, `e${i}`);
      }
      if (random(4) === 0) await clock.advance(random(3_000));
      else if (random(12) === 0) {
        await settle();
        await chat.stop();
        chat = newClient(t, hub, clock, { outbox: new SharedStore(kept) });
        await chat.start();
      }
    }
    isQuiet = true;
    await until(clock, () => chat.pending().length === 0);
    assert.deepEqual(hub.log('room').map(({ dedupeKey }) => dedupeKey), calls);
    for (const [key, body] of wanted) {
      const message = hub.log('room').find(({ dedupeKey }) => dedupeKey === key);
      const now = hub.log('room').filter(({ targetSequence }) => targetSequence === message.sequence)
        .reduce(fold, message);
      assert.equal(now.body, body);
    }
    await until(clock, () => kept.size === 0, 'an empty store');
  });
