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
