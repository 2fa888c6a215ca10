import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './manual-clock.mjs';
import { scene, until } from './scene.mjs';

const summary = (id, lastSequence, lastReadSequence = 0) => ({
  id, kind: 'group', title: null, lastSequence, lastReadSequence, isMuted: false,
  unreadCount: lastSequence - lastReadSequence,
});

function heard(chat) {
  const events = [];
  for (const event of ['conversations', 'conversationChanged', 'conversationRemoved'])
    chat.on(event, (value) => events.push([event, value]));
  return events;
}

// CH-90, CH-93
test('changes of the list come as events', async (t) => {
  const { hub, chat } = await scene(t);
  const events = heard(chat);
  await chat.conversations();
  hub.connection.emit('ConversationChanged', summary('a', 1));
  hub.connection.emit('ConversationRemoved', 'a');
  assert.deepEqual(events, [['conversationChanged', summary('a', 1)], ['conversationRemoved', 'a']]);
});

// CH-94
test('after a reconnect the list is asked for anew and comes whole, if it was asked for before', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const events = heard(chat);
  hub.cut();
  await until(clock, () => hub.connection !== undefined, 'the second connection');
  await settle();
  assert.equal(hub.countOf('Conversations'), 0);

  await chat.conversations();
  hub.lists = [summary('a', 3)];
  hub.cut();
  await until(clock, () => events.length > 0, 'the list');
  assert.deepEqual(events, [['conversations', [summary('a', 3)]]]);
  assert.equal(hub.countOf('Conversations'), 2);
});

test('an ask that waits for a connection is one ask', async (t) => {
  const { hub, chat } = await scene(t, { start: false });
  const asking = chat.conversations();
  await chat.start();
  await asking;
  await settle();
  assert.equal(hub.countOf('Conversations'), 1);
});

// CH-94
test('what changes while the answer is awaited is in the answer', async (t) => {
  const { hub, chat } = await scene(t);
  hub.lists = [summary('old', 5, 1), summary('new', 9), summary('read', 4, 1), summary('gone', 2)];
  const asking = chat.conversations();
  const { connection } = hub;
  connection.emit('ConversationChanged', summary('old', 4, 4));
  connection.emit('ConversationChanged', summary('new', 10));
  connection.emit('ConversationChanged', summary('read', 4, 4));
  connection.emit('ConversationChanged', summary('begun', 1));
  connection.emit('ConversationRemoved', 'gone');
  assert.deepEqual(await asking,
    [summary('begun', 1), summary('old', 5, 1), summary('new', 10), summary('read', 4, 4)]);
});

test('an answer that is refused leaves the list as it was', async (t) => {
  const { hub, clock, chat } = await scene(t);
  await chat.conversations();
  hub.decides = (method) => (method === 'Conversations' ? new Error('HubException: forbidden: no') : undefined);
  const events = heard(chat);
  hub.cut();
  await until(clock, () => hub.countOf('Conversations') === 2, 'asked again');
  await settle();
  assert.deepEqual(events, []);
});

/** A list that is asked for page by page; the one that is touched was active last. */
function listOf(hub, count) {
  const active = new Map(Array.from({ length: count }, (_, i) => [`c${i}`, i]));
  const place = (id) => String(active.get(id)).padStart(6, '0');
  let now = count;
  hub.pageOfLists = (query) => [...active.keys()].filter((id) => !query?.cursor || place(id) < query.cursor)
    .sort((a, b) => (place(a) < place(b) ? 1 : -1)).slice(0, query?.limit ?? 50)
    .map((id) => ({ ...summary(id, 1), cursor: place(id) }));
  return { touch: (id) => active.set(id, now++), ids: () => [...active.keys()].sort() };
}

// CH-110
test('a page is what was asked for, and without arguments the call has none', async (t) => {
  const { hub, chat } = await scene(t);
  listOf(hub, 60);
  const first = await chat.conversations();
  assert.equal(first.length, 50);
  assert.deepEqual(hub.calls.at(-1).args, []);
  const rest = await chat.conversations({ cursor: first.at(-1).cursor, limit: 3 });
  assert.deepEqual(rest.map((one) => one.id), ['c9', 'c8', 'c7']);
  assert.deepEqual(hub.calls.at(-1).args, [{ cursor: first.at(-1).cursor, limit: 3 }]);
});

// CH-110
test('pages hold the whole list, also what becomes active meanwhile', async (t) => {
  const { hub, chat } = await scene(t);
  const list = listOf(hub, 230);
  const seen = new Set();
  let pages = 0;
  for await (const page of chat.conversationPages()) {
    for (const one of page) seen.add(one.id);
    if (++pages === 2) for (let i = 0; i < 70; i++) list.touch(`c${i}`);
    if (pages === 5) list.touch('c100');
  }
  assert.deepEqual([...seen].sort(), list.ids());
});

// CH-110
test('a server that lists all at once is asked once', async (t) => {
  const { hub, chat } = await scene(t);
  hub.lists = Array.from({ length: 120 }, (_, i) => summary(`c${i}`, 1));
  let count = 0;
  for await (const page of chat.conversationPages()) count += page.length;
  assert.equal(count, 120);
  assert.equal(hub.countOf('Conversations'), 1);
});

// CH-110
test('after a reconnect all pages come as one list', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const list = listOf(hub, 130);
  await chat.conversations();
  const events = heard(chat);
  hub.cut();
  await until(clock, () => events.length > 0, 'the list');
  assert.deepEqual(events[0][1].map((one) => one.id).sort(), list.ids());
});

// CH-110
test('what is removed while a page is waited for is not in it, and the pages go on', async (t) => {
  const { hub, chat } = await scene(t);
  const list = listOf(hub, 60);
  const pages = chat.conversationPages();
  const first = pages.next();
  hub.connection.emit('ConversationRemoved', 'c59');
  assert.equal((await first).value.length, 49);
  const second = (await pages.next()).value;
  assert.deepEqual(second.map((one) => one.id), ['c9', 'c8', 'c7', 'c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
  await pages.return();
  assert.equal(list.ids().length, 60);
});

// CH-93, CH-94
test('when a conversation is closed the list is asked for: being added again may have been told before', async (t) => {
  const { hub, clock, chat } = await scene(t);
  await chat.conversations();
  const events = heard(chat);
  hub.lists = [summary('a', 3)];
  hub.connection.emit('ConversationClosed', 'a');
  hub.connection.emit('ConversationClosed', 'b');
  await until(clock, () => events.length > 0, 'the list');
  await settle();
  assert.ok(hub.countOf('Conversations') <= 3);
  assert.deepEqual(events.at(-1), ['conversations', [summary('a', 3)]]);
});

test('removed and added again, a conversation is followed again from where it was', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const seen = [];
  let ends = 0;
  const follow = (after) => chat.follow('a', {
    after, onEntries: (entries) => seen.push(...entries.map((entry) => entry.sequence)), onEnd: () => ends++,
  });
  follow(0);
  hub.post('a', 'one');
  await until(clock, () => seen.length === 1, 'the first');
  hub.remove('a', 'me');
  await until(clock, () => ends === 1, 'the end');
  hub.post('a', 'back');
  follow(seen.at(-1));
  await until(clock, () => seen.length === 3, 'the rest');
  hub.post('a', 'and live');
  await until(clock, () => seen.length === 4, 'live');
  assert.deepEqual(seen, [1, 2, 3, 4]);
});
