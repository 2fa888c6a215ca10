import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatRefusedError, ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { refusal } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { collect, scene, until, upTo } from './scene.mjs';

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
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.post(room, '6');
  await until(clock, () => read.entries.length > 0, 'the new one');
  assert.deepEqual(read.sequences, [6]);
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

test('history that cannot be read now is read later', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.decides = (method, args, attempt) => (method === 'History' && attempt < 4 ? refusal('internal_error') : undefined);
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
});

test('the entry that removes the user is the last one', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const closed = [];
  chat.on('conversationClosed', (conversation) => closed.push(conversation));
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.post(room, 'hello');
  hub.remove(room, 'me');
  await until(clock, () => read.ended, 'the end');
  assert.deepEqual(read.sequences, [1, 2]);
  assert.deepEqual(closed, [room]);
});

test('a conversation that may not be read ends with the refusal', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method) => (method === 'Join' ? refusal('forbidden', 'you are not a participant') : undefined);
  const read = collect(chat, room, { after: 0 });
  await until(clock, () => read.error !== null, 'the refusal');
  assert.ok(read.error instanceof ChatRefusedError);
  assert.equal(read.error.code, 'forbidden');
  assert.equal(read.error.message, 'you are not a participant');
});

test('a reader ends with its signal, and the conversation is left when nobody reads it', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const stop = new AbortController();
  const read = collect(chat, room, { after: 0, signal: stop.signal });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  stop.abort();
  await until(clock, () => read.ended || read.error !== null, 'the end');
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

test('a follower gets batches and is told when it is level, again after each connection', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (const n of upTo(500)) hub.post(room, `${n}`);
  const [batches, level] = [[], []];
  const following = chat.follow(room, { after: 0, onEntries: (entries) => batches.push(entries.map((entry) => entry.sequence)), onCaughtUp: () => level.push(batches.flat().length) });
  await until(clock, () => level.length === 1, 'level');
  assert.deepEqual(batches.flat(), upTo(500));
  assert.ok(batches.length < 50, `${batches.length} batches`);
  assert.deepEqual(level, [500]);
  hub.cut();
  hub.post(room, '501');
  await until(clock, () => level.length === 2, 'level again');
  assert.deepEqual(batches.flat(), upTo(501));
  assert.equal(following.cursor, 501);
  following.close();
  hub.post(room, '502');
  await clock.advance(1_000);
  assert.equal(batches.flat().length, 501);
});

test('a listener that throws disturbs nobody', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const thrown = [];
  globalThis.reportError = (error) => thrown.push(error.message);
  t.after(() => delete globalThis.reportError);
  const seen = [];
  chat.follow(room, { after: 0, onEntries: (entries) => {
    seen.push(...entries.map((entry) => entry.sequence));
    throw new Error('a fault of the application');
  } });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  for (const n of upTo(3)) {
    hub.post(room, `${n}`);
    await clock.advance(100);
  }
  await until(clock, () => seen.length >= 3, 'all entries');
  assert.deepEqual(seen, [1, 2, 3]);
  assert.ok(thrown.length >= 1);
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
    hub.pushes = (entry) => [[entry], [entry], [entry], [], [entry, entry], [hub.log(room)[random(entry.sequence)], entry]][random(6)];
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
