import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatRefusedError, ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { refusal } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { collect, follow, scene, until, upTo } from './scene.mjs';

const room = 'room';

test('a reader gets what there is and then what comes, in order', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (const n of upTo(5)) hub.post(room, `${n}`);
  const read = collect(chat, room, { after: 2 });
  await until(clock, () => read.entries.length === 3, 'what there was');
  hub.post(room, '6');
  await until(clock, () => read.entries.length === 4, 'what came');
  assert.deepEqual(read.sequences, [3, 4, 5, 6]);
});

test('without a place to begin only what comes is read', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (const n of upTo(5)) hub.post(room, `${n}`);
  const read = collect(chat, room);
  const followed = follow(chat, { after: null });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.post(room, '6');
  await until(clock, () => read.entries.length > 0, 'the new one');
  assert.deepEqual(read.sequences, [6]);
  assert.deepEqual(followed.sequences, [6]);
});

test('a cut loses nothing and repeats nothing', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  for (const round of upTo(20)) {
    hub.post(room, `${round} a`);
    await settle();
    hub.cut();
    hub.post(room, `${round} b`);
    await until(clock, () => hub.connection?.cursors.has(room), 'joined again');
  }
  await until(clock, () => read.entries.length >= 40, 'all entries');
  assert.deepEqual(read.sequences, upTo(40));
});

test('a hole is filled from history', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.pushes = (entry) => (entry.sequence > 3 && entry.sequence < 900 ? [] : [entry]);
  for (const n of upTo(900)) hub.post(room, `${n}`);
  await until(clock, () => read.entries.length >= 900, 'all entries');
  assert.deepEqual(read.sequences, upTo(900));
  assert.ok(hub.countOf('History') >= 1);
});

test('repeats are dropped and what comes too early waits for its place', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  let held = null;
  hub.pushes = (entry) => {
    if (entry.sequence % 3 === 0) return [entry, entry, hub.log(room)[0]]; // repeated, with an old one
    if (entry.sequence % 3 === 1) return (held = entry, []); // swapped with the next
    return [entry, held];
  };
  for (const n of upTo(60)) {
    hub.post(room, `${n}`);
    if (n % 7 === 0) await settle();
  }
  await until(clock, () => read.entries.length >= 60, 'all entries');
  assert.deepEqual(read.sequences, upTo(60));
});

test('a page that ends before its limit is not the end', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.pushes = (entry) => (entry.sequence < 40 ? [] : [entry]);
  hub.pageOf = (entries) => entries.slice(0, 7); // they are large
  for (const n of upTo(40)) hub.post(room, `${n}`);
  await until(clock, () => read.entries.length >= 40, 'all entries');
  assert.deepEqual(read.sequences, upTo(40));
});

test('history that cannot be read now is read later', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.decides = (method, args, attempt) =>
    method === 'History' && attempt < 4 ? refusal('internal_error') : undefined;
  hub.pushes = (entry) => (entry.sequence < 10 ? [] : [entry]);
  for (const n of upTo(10)) hub.post(room, `${n}`);
  await until(clock, () => read.entries.length >= 10, 'all entries');
  assert.deepEqual(read.sequences, upTo(10));
});

test('several readers of a conversation each get everything from their own place, with one join', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (const n of upTo(300)) hub.post(room, `${n}`);
  const reads = [0, 100, 299].map((after) => collect(chat, room, { after }));
  await until(clock, () => reads.every((read) => read.entries.at(-1)?.sequence === 300), 'all entries');
  hub.post(room, '301');
  await until(clock, () => reads.every((read) => read.entries.at(-1)?.sequence === 301), 'the new one');
  assert.deepEqual(reads.map((read) => read.entries.length), [301, 201, 2]);
  for (const read of reads) assert.deepEqual(read.sequences, upTo(301).slice(-read.entries.length));
  assert.equal(hub.countOf('Join'), 1);
});

test('the entry that removes the user is the last one', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const closed = [];
  chat.on('conversationClosed', (conversation) => closed.push(conversation));
  const read = collect(chat, room, { after: 0 });
  const followed = follow(chat);
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.post(room, 'hello');
  hub.remove(room, 'me');
  await until(clock, () => read.ended, 'the end');
  assert.deepEqual(read.sequences, [1, 2]);
  assert.deepEqual(followed.sequences, [1, 2]);
  assert.equal(followed.end, null);
  assert.deepEqual(closed, [room]);
});

test('a conversation that may not be read ends with the refusal', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method) => (method === 'Join' ? refusal('forbidden', 'you are not a participant') : undefined);
  const read = collect(chat, room, { after: 0 });
  const followed = follow(chat);
  await until(clock, () => read.error !== null, 'the refusal');
  assert.equal(followed.end.code, 'forbidden');
  assert.ok(read.error instanceof ChatRefusedError);
  assert.equal(read.error.code, 'forbidden');
  assert.equal(read.error.message, 'you are not a participant');
});

test('a reader ends with its signal, and the conversation is left when nobody reads it', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const stop = new AbortController();
  const read = collect(chat, room, { after: 0, signal: stop.signal });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  stop.abort(new Error('enough'));
  await until(clock, () => read.error !== null, 'the end');
  assert.match(read.error.message, /enough/);
  await until(clock, () => hub.countOf('Leave') === 1, 'left');
});

test('stopping the client ends its readers', async (t) => {
  const { clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await settle();
  await chat.stop();
  await until(clock, () => read.ended || read.error !== null, 'the end');
  if (read.error !== null) assert.ok(read.error instanceof ChatStoppedError);
});

test('whatever a connection does to entries, readers see the log', async (t) => {
  // A fixed seed: a failure can be run again.
  let state = 7;
  const random = (below) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  for (let round = 0; round < 10; round++) {
    const { hub, clock, chat } = await scene(t);
    const early = collect(chat, room, { after: 0 });
    let late = null;
    await until(clock, () => hub.countOf('Join') === 1, 'joined');
    hub.pushes = (entry) =>
      [[entry], [entry], [entry], [], [entry, entry], [hub.log(room)[random(entry.sequence)], entry]][random(6)];
    const posts = 200;
    for (const n of upTo(posts)) {
      hub.post(room, `${n}`);
      if (random(40) === 0) hub.cut();
      if (random(10) === 0) await settle();
      if (random(60) === 0) await clock.advance(random(2_000));
      if (n === 100) late = collect(chat, room, { after: 50 });
    }
    hub.pushes = (entry) => [entry];
    hub.post(room, 'the last');
    hub.cut();
    await until(clock, () => early.entries.length > posts && late.entries.length > posts - 50, 'all entries');
    assert.deepEqual(early.sequences, upTo(posts + 1));
    assert.deepEqual(late.sequences, upTo(posts + 1).slice(50));
    await chat.stop();
  }
});

test('what history does not have yet is asked for again', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const seen = follow(chat);
  await settle();
  hub.connection.push({ kind: 'message', conversationId: room, sequence: 3, body: 'ahead' });
  await settle();
  assert.deepEqual(seen.sequences, []);
  hub.pushes = () => [];
  for (const n of upTo(3)) hub.post(room, `${n}`);
  await clock.advance(10_000);
  assert.deepEqual(seen.sequences, [1, 2, 3]);
});

test('an iterator reads across a reconnect', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await settle();
  hub.post(room, 'one');
  await settle();
  hub.cut();
  hub.post(room, 'two');
  await settle();
  await clock.advance(60_000);
  assert.deepEqual(read.sequences, [1, 2]);
});

test('a cursor beyond the end is refused', async (t) => {
  const { chat } = await scene(t);
  const seen = follow(chat, { after: 7 });
  await settle();
  assert.equal(seen.end.code, 'bad_request');
});

test('read marks that come together are sent as the furthest', async (t) => {
  const { hub, chat } = await scene(t);
  await Promise.all([chat.markRead(room, 1), chat.markRead(room, 5), chat.markRead(room, 3)]);
  assert.deepEqual(hub.argumentsOf('MarkRead'), [[room, 1], [room, 5]]);
});

test('a reader that is behind ends with the client, too', async (t) => {
  const { hub, chat } = await scene(t);
  for (const n of upTo(1_200)) hub.post(room, `${n}`);
  const reading = chat.read(room, { after: 0 });
  assert.equal((await reading.next()).value.sequence, 1);
  await chat.stop();
  await assert.rejects(
    (async () => {
      for await (const entry of reading) assert.ok(entry);
    })(),
    { name: 'ChatStoppedError' },
  );
});

test('what is kept of a conversation has a limit in bytes too, and a reader behind it reads pages', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const live = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  for (let n = 0; n < 200; n++) hub.post(room, 'x'.repeat(60_000));
  await until(clock, () => live.entries.length === 200, 'all live');
  const pages = hub.countOf('History');
  const behind = collect(chat, room, { after: 190 });
  await until(clock, () => behind.entries.length === 10, 'the newest from memory');
  assert.equal(hub.countOf('History'), pages);
  const far = collect(chat, room, { after: 0 });
  await until(clock, () => far.entries.length === 200, 'all of them');
  assert.ok(hub.countOf('History') > pages);
});

test('what an old connection still says is not taken for news', async (t) => {
  const { hub, clock, chat } = await scene(t);
  let ended = false;
  chat.follow(room, { after: 0, onEntries: () => {}, onEnd: () => { ended = true; } });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  const old = hub.connection;
  hub.cut();
  await until(clock, () => hub.countOf('Join') === 2, 'joined again');
  old.emit('ConversationClosed', room);
  await settle();
  assert.equal(ended, false);
});
