import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatRefusedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { fold } from '../../../Chat.Server/wwwroot/sdk/core/fold.js';
import { refusal } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { SharedStore } from './shared-store.mjs';
import { collect, newClient, scene, until } from './scene.mjs';

const written = new Set(['Send', 'EditMessage', 'DeleteMessage', 'SetReactions']);

test('edits and deletions go in the order of the calls, with messages', async (t) => {
  const { hub, chat } = await scene(t);
  const all = [chat.send('room', 'one'), chat.editMessage('room', 1, { body: ' two ' }), chat.send('room', 'three'),
    chat.deleteMessage('room', 1, { reason: 'twice' }), chat.send('room', 'four')];
  const receipts = await Promise.all(all);
  assert.deepEqual(receipts.map(({ sequence }) => sequence), [1, 2, 3, 4, 5]);
  assert.deepEqual(hub.log('room').map(({ kind, body }) => `${kind} ${body ?? ''}`),
    ['message one', 'messageEdited two', 'message three', 'messageDeleted ', 'message four']);
  const [conversation, target, command] = hub.argumentsOf('DeleteMessage')[0];
  assert.deepEqual([conversation, target, command.reason], ['room', 1, 'twice']);
  assert.equal(command.dedupeKey, all[3].message.id);
  assert.deepEqual(chat.pending(), []);
});

test('a change whose answer was lost is sent again under its key, before what is behind it', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt, connection) => {
    if (method !== 'EditMessage' || attempt > 1) return undefined;
    queueMicrotask(() => connection.lose(new Error('cut')));
    return 'unanswered';
  };
  await chat.send('room', 'one');
  const edit = chat.editMessage('room', 1, { body: 'two', ifVersion: 1 }), after = chat.send('room', 'three');
  await until(clock, () => hub.countOf('EditMessage') === 2 && chat.pending().length === 0);
  const [first, second] = hub.argumentsOf('EditMessage');
  assert.deepEqual(first, second);
  assert.equal(first[2].ifVersion, 1);
  assert.equal((await edit).duplicate, true);
  assert.equal((await after).sequence, 3);
});

test('a change that is refused fails alone, once, and says why', async (t) => {
  const { hub, chat } = await scene(t);
  const refusals = { 1: refusal('conflict', 'the message was edited; it has version 17'), 2: refusal('gone'),
    3: refusal('forbidden', 'no; reason bad_words'), 4: refusal('a_code_of_tomorrow') };
  hub.decides = (method, args) => (method === 'EditMessage' ? refusals[args[1]] : undefined);
  const edits = [1, 2, 3, 4].map((target) => chat.editMessage('room', target, { body: 'x' }));
  const sent = chat.send('room', 'goes on');
  const outcomes = await Promise.allSettled(edits);
  assert.deepEqual(outcomes.map(({ reason }) => [reason instanceof ChatRefusedError, reason.code, reason.version]),
    [[true, 'conflict', 17], [true, 'gone', null], [true, 'forbidden', null], [true, 'a_code_of_tomorrow', null]]);
  assert.deepEqual(outcomes.map(({ reason }) => reason.reason), [null, null, 'bad_words', null]);
  await sent;
  assert.equal(hub.countOf('EditMessage'), 4);
  assert.deepEqual(chat.pending().map(({ state, change }) => `${state} ${change.kind} ${change.targetSequence}`),
    ['failed edit 1', 'failed edit 2', 'failed edit 3', 'failed edit 4']);
  hub.decides = () => undefined;
  assert.ok(chat.retry(chat.pending()[0].id));
  await settle();
  assert.equal(hub.countOf('EditMessage'), 5);
});

test('a server of an earlier version refuses a change, and is not asked again and again', async (t) => {
  const { hub, chat } = await scene(t);
  hub.decides = (method) => (method === 'EditMessage' ? new Error(
    "Failed to invoke 'EditMessage' due to an error on the server. HubException: Method does not exist.") : undefined);
  await assert.rejects(chat.editMessage('room', 1, { body: 'x' }), { code: 'unsupported_type' });
  assert.equal(hub.countOf('EditMessage'), 1);
});

test('what the server would refuse in any case is not sent', async (t) => {
  const { hub, chat } = await scene(t);
  const edits = [[1, ' '], [0, 'a'], [1.5, 'a'], [1, 'a'.repeat(70_000)]];
  for (const [target, body] of edits)
    await assert.rejects(chat.editMessage('room', target, { body }), { code: 'bad_request' });
  for (const [target, reason] of [[1, 'r'.repeat(256)], [-1, null]])
    await assert.rejects(chat.deleteMessage('room', target, { reason }), { code: 'bad_request' });
  assert.deepEqual(hub.calls.filter(({ method }) => written.has(method)), []);
  assert.deepEqual(chat.pending(), []);
});

// An edit that no connection has had, behind one that waits for its answer.
async function waiting(t) {
  const kept = new Map(), store = new SharedStore(kept);
  const all = await scene(t, { outbox: store, sendWindow: 1 });
  const { hub, chat } = all;
  chat.follow('room', { after: 0, onEntries: () => {} });
  await chat.send('room', 'one');
  hub.decides = (method) => (method === 'Send' ? 'lost' : undefined);
  chat.send('room', 'in the way').catch(() => {});
  const edit = chat.editMessage('room', 1, { body: 'still there' });
  await settle();
  assert.equal(chat.pending().length, 2);
  return { ...all, kept, edit };
}

const bodies = (kept) => [...kept.values()].map(({ body, change }) => change?.body ?? body);

test('a deletion that is seen takes the text of edits that wait with it', async (t) => {
  const { hub, chat, kept, edit } = await waiting(t);
  hub.post('room', undefined, { kind: 'messageDeleted', targetSequence: 1 });
  await assert.rejects(edit, { code: 'gone' });
  assert.deepEqual(chat.pending().map(({ body }) => body), ['in the way']);
  await settle();
  assert.deepEqual(bodies(kept), ['in the way']);
});

// CH-264
test('an edit is acknowledged where it was stored, although the deletion came before the answer', async (t) => {
  for (const isStored of [true, false]) {
    const kept = new Map(), store = new SharedStore(kept);
    const { hub, clock, chat } = await scene(t, { outbox: store });
    const changes = [];
    chat.on('outbox', ({ type, message }) => changes.push(`${type} ${message.change?.body ?? message.body}`));
    chat.follow('room', { after: 0, onEntries: () => {} });
    await chat.send('room', 'one');
    const [atFirst, afterwards] = isStored ? ['unanswered', undefined] : ['lost', refusal('gone')];
    hub.decides = (method, args, attempt) =>
      (method !== 'EditMessage' ? undefined : attempt > 1 ? afterwards : atFirst);
    const edit = chat.editMessage('room', 1, { body: 'still there' });
    let isSettled = false;
    edit.then(() => { isSettled = true; }, () => { isSettled = true; });
    await settle();
    hub.post('room', undefined, { kind: 'messageDeleted', targetSequence: 1 });
    await settle();
    assert.deepEqual([chat.pending(), bodies(kept), isSettled], [[], [], false]);
    assert.ok(!chat.discard(edit.message.id));
    hub.cut();
    await until(clock, () => isSettled);
    if (isStored) assert.deepEqual([(await edit).sequence, (await edit).duplicate], [2, true]);
    else await assert.rejects(edit, { code: 'gone' });
    const [first, second] = hub.argumentsOf('EditMessage');
    assert.deepEqual([first[2].body, second[2].body], ['still there', '-']);
    assert.equal(first[2].dedupeKey, second[2].dedupeKey);
    assert.equal(second[2].ifVersion, Number.MAX_SAFE_INTEGER);
    assert.deepEqual([chat.pending(), bodies(kept)], [[], []]);
    assert.deepEqual(changes, ['added one', 'sent one', 'added still there', 'discarded -']);
  }
});

test('a client that is stopped keeps nothing of an edit whose message was deleted', async (t) => {
  const { hub, chat } = await scene(t);
  chat.follow('room', { after: 0, onEntries: () => {} });
  await chat.send('room', 'one');
  hub.decides = (method) => (method === 'EditMessage' ? 'lost' : undefined);
  const edit = chat.editMessage('room', 1, { body: 'still there' });
  await settle();
  hub.post('room', undefined, { kind: 'messageDeleted', targetSequence: 1 });
  await settle();
  await chat.stop();
  await assert.rejects(edit, { name: 'ChatStoppedError' });
  await chat.start();
  await settle();
  assert.deepEqual([chat.pending(), hub.countOf('EditMessage')], [[], 1]);
});

test('a change survives the page, and a version before refuses it instead of sending a message', async (t) => {
  const kept = new Map(), store = new SharedStore(kept);
  const { hub, clock, chat } = await scene(t, { outbox: store, start: false });
  hub.refuses = () => new Error('away');
  await chat.start();
  chat.editMessage('room', 3, { body: 'later' }).catch(() => {});
  await settle();
  await chat.stop();
  hub.refuses = () => null;
  assert.deepEqual([...kept.values()].map(({ body, change }) => [body, change.body]), [[null, 'later']]);
  const next = newClient(t, hub, clock, { outbox: store });
  await next.start();
  await until(clock, () => hub.countOf('EditMessage') > 0);
  assert.equal(hub.argumentsOf('EditMessage').at(-1)[2].body, 'later');
  assert.equal(hub.countOf('Send'), 0);
});

test('reactions go in the order of the calls, with messages, and survive a lost answer', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const seen = [];
  chat.follow('room', { after: 0, onEntries: (entries) => seen.push(...entries) });
  hub.decides = (method, args, attempt, connection) => {
    if (method !== 'SetReactions' || attempt > 1) return undefined;
    queueMicrotask(() => connection.lose(new Error('cut')));
    return 'unanswered';
  };
  const sent = chat.send('room', 'one'), set = chat.setReactions('room', 1, ['👍', '🎉']);
  assert.deepEqual(set.message.change, { kind: 'reactions', targetSequence: 1, keys: ['👍', '🎉'] });
  assert.deepEqual(chat.pending('room').map(({ change }) => change?.kind ?? 'message'), ['message', 'reactions']);
  await until(clock, () => chat.pending().length === 0);
  assert.equal((await sent).sequence, 1);
  assert.deepEqual((await set).keys, ['👍', '🎉']);
  assert.deepEqual(hub.argumentsOf('SetReactions').at(-1), ['room', 1, ['👍', '🎉']]);
  await until(clock, () => seen.some(({ kind }) => kind === 'reactionsChanged'));
});

test('reactions that are no list of short texts are not sent, and those that are refused say why', async (t) => {
  const { hub, chat } = await scene(t);
  const nine = Array.from({ length: 9 }, (_, i) => `:k${i}:`);
  for (const keys of [null, [1], [''], ['x'.repeat(65)], nine])
    await assert.rejects(chat.setReactions('room', 1, keys), { code: 'bad_request' });
  assert.equal(hub.countOf('SetReactions'), 0);
  hub.decides = (method) => (method === 'SetReactions' ? refusal('gone') : undefined);
  await assert.rejects(chat.setReactions('room', 1, []), { code: 'gone' });
  assert.deepEqual(chat.pending().map(({ state, change }) => `${state} ${change.kind}`), ['failed reactions']);
});

test('what another device did with reactions is told to followers', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const told = [], signals = [];
  chat.on('ownReactions', (value) => told.push(value));
  chat.follow('room', { after: 0, onEntries: () => {}, onSignal: (signal) => signals.push(signal) });
  await settle();
  const value = { conversationId: 'room', targetSequence: 1, keys: ['👍'] };
  hub.connection.emit('OwnReactionsChanged', value);
  await until(clock, () => told.length > 0);
  assert.deepEqual([told, signals], [[value], [{ type: 'ownReactions', value }]]);
});

test('a deletion that is seen takes reactions that wait with it', async (t) => {
  const { hub, chat } = await scene(t);
  chat.follow('room', { after: 0, onEntries: () => {} });
  await chat.send('room', 'one');
  hub.decides = (method) => (method === 'SetReactions' ? 'lost' : undefined);
  const set = chat.setReactions('room', 1, ['👍']);
  await settle();
  hub.post('room', undefined, { kind: 'messageDeleted', targetSequence: 1 });
  await assert.rejects(set, { code: 'gone' });
  assert.deepEqual(chat.pending(), []);
});

test('the fold changes nothing but what a change says', () => {
  const message =
    { kind: 'message', sequence: 4, senderId: 'ann', body: 'a', attachmentUrl: 'u', attachmentMeta: { b: 1 } };
  assert.equal(fold(message, null), message);
  assert.equal(fold(message, { kind: 'participantsAdded' }), message);
  assert.equal(fold(message, { kind: 'unknown' }), message);
  assert.deepEqual(fold(message, { kind: 'messageEdited', body: 'b' }),
    { ...message, body: 'b', attachmentUrl: null, attachmentMeta: null, attachments: null, mentions: null });
  const none = { body: null, attachmentUrl: null, attachmentMeta: null, attachments: null, mentions: null };
  const erased = { ...message, ...none, erased: true };
  assert.deepEqual(fold(message, { kind: 'messageEdited', erased: true, body: null }), erased);
  assert.deepEqual(fold(message, { kind: 'messageDeleted', reason: 'x' }), erased);
});

// CH-264
test('an erasure that is seen takes the text of edits that wait with it', async (t) => {
  for (const said of [{ throughSequence: 1, userId: null }, { throughSequence: null, userId: 'me' }]) {
    const { hub, chat, kept, edit } = await waiting(t);
    hub.post('room', undefined, { kind: 'contentErased', ...said });
    await assert.rejects(edit, { code: 'gone' });
    assert.deepEqual(chat.pending().map(({ body }) => body), ['in the way']);
    await settle();
    assert.deepEqual(bodies(kept), ['in the way']);
  }
});

// CH-264
test('what is deleted or erased is kept nowhere', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const live = collect(chat, 'room', { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1);
  hub.post('room', 'secret', { senderId: 'ann' }); // 1
  hub.post('room', 'secret too', { senderId: 'ben' }); // 2
  hub.post('room', 'secret edit', { kind: 'messageEdited', targetSequence: 2, senderId: 'ben' }); // 3
  hub.post('room', 'secret again', { senderId: 'cem' }); // 4
  hub.post('room', 'stays', { senderId: 'dan' }); // 5
  await until(clock, () => live.entries.length === 5);
  hub.post('room', undefined, { kind: 'messageDeleted', targetSequence: 1, senderId: 'ben', reason: 'secret' }); // 6
  hub.post('room', undefined, { kind: 'contentErased', throughSequence: null, userId: 'ben' }); // 7
  hub.post('room', undefined, { kind: 'contentErased', throughSequence: 4, userId: null }); // 8
  await until(clock, () => live.entries.length === 8);
  const pages = hub.countOf('History');
  const later = collect(chat, 'room', { after: 0 });
  await until(clock, () => later.entries.length === 8);
  assert.equal(hub.countOf('History'), pages); // from memory
  assert.doesNotMatch(JSON.stringify(later.entries), /secret/);
  assert.equal(later.entries[4].body, 'stays');
});
