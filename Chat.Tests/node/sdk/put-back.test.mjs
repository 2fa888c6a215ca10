import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene, until, upTo } from './scene.mjs';

const room = 'room';

/** An entry of the log as it is after it was put back: later than what is gone. */
function postNew(hub, n) {
  hub.post(room, `new ${n}`, { id: `new-${n}`, createdAt: `2025-01-01T13:00:0${n}.000000Z` });
}

function follow(chat, options) {
  const seen = { told: [], bodies: [] };
  chat.on('discontinuity', (place) => seen.told.push(place));
  chat.follow(room, {
    after: 0,
    onEntries: (entries) => seen.bodies.push(...entries.map((entry) => entry.body)),
    onDiscontinuity: ({ after }) => seen.bodies.push(`back to ${after}`),
    ...options,
  });
  return seen;
}

function fill(hub) {
  for (const n of upTo(4)) hub.post(room, `${n}`, { createdAt: `2025-01-01T12:00:0${n}.000000Z` });
}

test('what took the lost places is shown, while the connection is there', async (t) => {
  const { hub, clock, chat } = await scene(t);
  fill(hub);
  const seen = follow(chat);
  await until(clock, () => seen.bodies.length === 4, 'what there was');
  hub.putBack(room, 2);
  for (const n of upTo(3)) postNew(hub, n);
  await until(clock, () => seen.bodies.includes('new 3'), 'what is new');
  assert.deepEqual(seen.bodies, ['1', '2', '3', '4', 'back to 2', 'new 1', 'new 2', 'new 3']);
  assert.deepEqual(seen.told, [{ conversationId: room, after: 2 }]);
});

test('and after a reconnect, though the log is longer by then', async (t) => {
  const { hub, clock, chat } = await scene(t);
  fill(hub);
  const seen = follow(chat);
  await until(clock, () => seen.bodies.length === 4, 'what there was');
  hub.refuses = () => new Error('away');
  hub.cut();
  hub.putBack(room, 1);
  for (const n of upTo(5)) postNew(hub, n);
  hub.refuses = () => null;
  await until(clock, () => seen.bodies.includes('new 5'), 'what is new');
  assert.deepEqual(seen.bodies.slice(4), ['back to 1', ...upTo(5).map((n) => `new ${n}`)]);
});

test('another generation whose log still has everything is no news', async (t) => {
  const { hub, clock, chat } = await scene(t);
  fill(hub);
  const seen = follow(chat);
  await until(clock, () => seen.bodies.length === 4, 'what there was');
  hub.putBack(room, 4);
  postNew(hub, 5);
  await until(clock, () => seen.bodies.includes('new 5'), 'what is new');
  assert.deepEqual(seen.bodies.slice(4), ['new 5']);
  assert.deepEqual(seen.told, []);
});

test('an entry that was known from elsewhere shows that it is gone', async (t) => {
  const { hub, clock, chat } = await scene(t);
  fill(hub);
  const seen = follow(chat, { after: 4, afterEntry: hub.log(room)[3] });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  hub.putBack(room, 3);
  for (const n of upTo(3)) postNew(hub, n);
  await until(clock, () => seen.bodies.includes('new 3'), 'what is new');
  assert.deepEqual(seen.bodies, ['back to 3', 'new 1', 'new 2', 'new 3']);
});
