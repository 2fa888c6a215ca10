import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../../Chat.Server/wwwroot/app/conversation.js';
import { Log, Most, MostAtEnd, itemOf } from '../../../Chat.Server/wwwroot/app/log.js';
import { rows } from '../../../Chat.Server/wwwroot/app/timeline.js';

const entry = (sequence, more = {}) => ({
  kind: 'message', id: `id-${sequence}`, conversationId: 'c', sequence, senderId: 'bea', body: `m${sequence}`,
  createdAt: '2025-01-01T12:00:00.000000Z', ...more,
});
const note = (sequence) => entry(sequence, { kind: 'participantsAdded', participantIds: ['cem'], body: undefined });
const mine = (sequence) => entry(sequence, { senderId: 'me' });
const summary = (lastSequence, lastReadSequence, lastEntry, more = {}) => ({
  id: 'c', kind: 'group', title: null, createdAt: '2025-01-01T12:00:00Z', lastSequence, lastReadSequence, lastEntry,
  isMuted: false, unreadCount: lastSequence - lastReadSequence, ...more,
});
const followed = (conversation) => Object.assign(conversation, { follower: { close() {} } });

test('the server counts what is unread, and what was read here it may not know yet', () => {
  const one = new Conversation(summary(9, 4, entry(9), { unreadCount: 2, unread: { count: 2, more: false } }), 'me');
  assert.equal(one.unread, 2);
  one.read(9);
  one.apply(summary(9, 4, entry(9), { unreadCount: 2, unread: { count: 2, more: false } })); // late
  assert.equal(one.unread, 0);
  one.apply(summary(5_009, 9, entry(5_009), { unreadCount: 99, unread: { count: 99, more: true } }));
  assert.equal(one.unread, 100, 'more than anybody counts');
  assert.equal(new Conversation(summary(9, 4, entry(9)), 'me').unread, 5, 'a server of before counts entries');
});

test('what is read elsewhere is read here', () => {
  const conversation = new Conversation(summary(5, 4, entry(5)), 'me');
  conversation.apply(summary(5, 5, entry(5)));
  assert.equal(conversation.unread, 0);
  conversation.apply(summary(4, 1, entry(4))); // late
  assert.deepEqual([conversation.last, conversation.lastRead], [5, 5]);
});

test('a follower counts messages of others, and what one writes is nothing to read', () => {
  const conversation = followed(new Conversation(summary(1, 1, entry(1)), 'me'));
  conversation.append([mine(2), note(3)].map(itemOf));
  assert.deepEqual([conversation.unread, conversation.lastRead], [0, 3]);
  assert.equal(conversation.append([entry(4), mine(5), note(6), entry(7)].map(itemOf)), true);
  assert.deepEqual([conversation.unread, conversation.lastRead], [2, 3]);
  conversation.read(4);
  assert.equal(conversation.unread, 1);
  conversation.read(7);
  assert.equal(conversation.unread, 0);
});

test('a log at its end is trimmed, by number and by bytes', () => {
  const conversation = followed(new Conversation(summary(0, 0, null), 'me'));
  conversation.opened = true;
  for (let n = 1; n <= 5_000; n++) conversation.append([itemOf(entry(n))]);
  assert.ok(conversation.log.items.length <= 2 * MostAtEnd.items);
  assert.equal(conversation.log.last, 5_000);
  for (let n = 5_001; n <= 5_400; n++) conversation.append([itemOf(entry(n, { body: 'x'.repeat(60_000) }))]);
  assert.ok(conversation.log.items.length < 150, `${conversation.log.items.length}`);
  assert.equal(conversation.log.last, 5_400);
});

test('for a reader far up a full log takes no more, and goes on when it is loaded', () => {
  const conversation = followed(new Conversation(summary(0, 0, null), 'me'));
  Object.assign(conversation, { opened: true, atEnd: false });
  for (let n = 1; n <= Most.items + 10; n++) conversation.append([itemOf(entry(n))]);
  assert.equal(conversation.log.last, Most.items);
  assert.equal(conversation.last, Most.items + 10);
  conversation.atEnd = true;
  conversation.append([itemOf(entry(Most.items + 11))]);
  assert.equal(conversation.log.at(Most.items + 11), undefined, 'there is no hole in it');
});

test('scrolling up for ever lets go of what is below', () => {
  const log = new Log(10_000);
  for (let after = 10_000; after > 0; after -= 100) {
    log.prepend(Array.from({ length: 100 }, (_, i) => itemOf(entry(after - 99 + i))), after - 100);
    log.trimEnd();
  }
  assert.equal(log.after, 0);
  assert.ok(log.items.length <= Most.items);
  assert.equal(log.at(1).body, 'm1');
});

test('names are asked for again when something changed', () => {
  const conversation = new Conversation(summary(5, 5, entry(5)), 'me');
  assert.equal(conversation.needsNames, true);
  Object.assign(conversation, { names: ['me', 'bea'], namedAt: 5 });
  assert.equal(conversation.needsNames, false);
  assert.equal(conversation.name, 'bea');
  conversation.apply(summary(6, 5, note(6)));
  assert.equal(conversation.needsNames, true);
  assert.equal(new Conversation(summary(5, 5, entry(5), { title: 'T' }), 'me').needsNames, false);
});

test('the line of what is new stands above a message of somebody else', () => {
  const log = new Log(0);
  log.append([entry(1), note(2), mine(3), entry(4), entry(5)].map(itemOf));
  const view = { self: 'me', newFrom: 2, readTo: 0, now: Date.parse('2025-01-01T13:00:00Z') };
  assert.deepEqual(rows(log, 1, 5, view).filter((row) => row.isNew).map((row) => row.item.seq), [4]);
  assert.deepEqual(rows(log, 5, 5, view).filter((row) => row.isNew), []);
});
