import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './manual-clock.mjs';
import { follow, scene, until, upTo } from './scene.mjs';

const room = 'room';

test('a follower gets batches and is told when it is level, again after each connection', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (const n of upTo(500)) hub.post(room, `${n}`);
  const [batches, level] = [[], []];
  const following = chat.follow(room, {
    after: 0,
    onEntries: (entries) => batches.push(entries.map((entry) => entry.sequence)),
    onCaughtUp: () => level.push(batches.flat().length),
  });
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

test('a follower is told how far behind it is, what was there, then what comes', async (t) => {
  const { hub, chat } = await scene(t);
  for (const n of upTo(1_200)) hub.post(room, `${n}`);
  const seen = follow(chat);
  await settle();
  hub.post(room, 'live');
  await settle();
  assert.deepEqual(seen.sequences, upTo(1_201));
  assert.deepEqual(seen.joined, [{ head: 1_200, behind: 1_200 }]);
  assert.equal(seen.caughtUp, 1);
});

test('a follower is told of each new connection, and each time that it is level again', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const seen = follow(chat);
  await settle();
  for (let cut = 0; cut < 10; cut++) {
    hub.post(room, 'shown');
    hub.cut();
    hub.post(room, 'missed');
    await settle();
    await clock.advance(60_000);
  }
  assert.deepEqual(seen.sequences, upTo(20));
  assert.equal(seen.joined.length, 11);
  assert.equal(seen.caughtUp, 11);
});

test('repeats, holes and disorder never reach a follower', async (t) => {
  const { hub, chat } = await scene(t);
  const seen = follow(chat);
  await settle();
  hub.pushes = () => [];
  const entries = upTo(6).map((n) => hub.post(room, `${n}`));
  for (const at of [0, 0, 2, 1, 0, 5, 3, 5]) hub.connection.push(entries[at]);
  await settle();
  assert.deepEqual(seen.sequences, upTo(6));
});

test('entries of one frame are one batch', async (t) => {
  const { hub, chat } = await scene(t);
  const seen = follow(chat);
  await settle();
  for (const n of upTo(100)) hub.post(room, `${n}`);
  await settle();
  assert.deepEqual(seen.batches, [100]);
});

test('a closed follower is told nothing more, and the conversation is left', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const seen = follow(chat);
  await settle();
  seen.following.close();
  hub.post(room, 'late');
  await clock.advance(5_000);
  assert.deepEqual(seen.sequences, []);
  assert.equal(hub.countOf('Leave'), 1);
});

test('two followers are one join', async (t) => {
  const { hub, chat } = await scene(t);
  const [one, two] = [follow(chat), follow(chat)];
  await settle();
  hub.post(room, 'both');
  await settle();
  assert.deepEqual([one.sequences, two.sequences], [[1], [1]]);
  assert.equal(hub.countOf('Join'), 1);
});
