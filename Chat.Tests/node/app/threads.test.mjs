import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../../Chat.Server/wwwroot/app/conversation.js';
import { placeOf } from '../../../Chat.Server/wwwroot/app/links.js';
import { Log, itemOf } from '../../../Chat.Server/wwwroot/app/log.js';
import { namesAll } from '../../../Chat.Server/wwwroot/app/people.js';
import { Reading } from '../../../Chat.Server/wwwroot/app/reading.js';
import { Side } from '../../../Chat.Server/wwwroot/app/side.js';
import { Thread } from '../../../Chat.Server/wwwroot/app/thread.js';

const at = (sequence) => ({
  id: `${sequence}`, conversationId: 'c', sequence, createdAt: '2026-01-01T00:00:00Z', senderId: 'ann',
});
const message = (sequence, more = {}) => ({ ...at(sequence), kind: 'message', body: `m${sequence}`, ...more });
const reply = (sequence, thread, more = {}) => message(sequence, { thread, ...more });
const hidden = (sequence, more = {}) => ({ ...at(sequence), kind: 'unknown', ...more });
const pin = (sequence, targetSequence, kind = 'pinned') => ({ ...at(sequence), kind, targetSequence });
const deletion = (sequence, targetSequence) => ({ ...at(sequence), kind: 'messageDeleted', targetSequence });

const conversation = (last = 0, more = {}) => new Conversation({
  id: 'c', kind: 'group', title: 'T', createdAt: '2026-01-01T00:00:00Z', lastSequence: last, lastReadSequence: last,
  unreadCount: 0, lastEntry: null, ...more,
}, 'me');
const come = (one, ...entries) => one.append(one.take(entries));
const seqs = ({ log }) => log.items.map(({ seq }) => seq);

// A server with these entries: its pages of a view, and its threads.
function server(entries, more = {}) {
  const inMain = ({ kind, thread, alsoInConversation }) => kind === 'message' && (!thread || alsoInConversation);
  return {
    asked: [],
    async history(id, { view, thread, before, after, limit }) {
      this.asked.push(view);
      const shown = entries.filter((one) => (view === 'main' ? inMain(one) : one.thread === thread));
      const page = before !== undefined ? shown.filter(({ sequence }) => sequence < before).slice(-limit)
        : shown.filter(({ sequence }) => sequence > after).slice(0, limit);
      return { entries: page, current: [], head: entries.length };
    },
    on() {},
    async threads() {
      return [];
    },
    async mentions() {
      return [];
    },
    ...more,
  };
}

const reader = (client) => new Reading(client, { changed() {} });

test('a stretch holds what is shown, and knows of what is not', () => {
  const log = new Log(4);
  log.append([5, 6, 7, 8, 10].map((n) => itemOf(n % 2 ? hidden(n) : message(n))));
  assert.deepEqual([log.items.map(({ seq }) => seq), log.after, log.last], [[6, 8], 4, 8]);
  assert.deepEqual([4, 5, 8, 9].map((seq) => log.covers(seq)), [false, true, true, false]);
  assert.equal(log.at(5), undefined);
  assert.equal(log.at(6).body, 'm6');
  log.prepend([message(2)].map((one) => itemOf(one)), 1);
  log.extend([message(12)].map((one) => itemOf(one)), 12);
  assert.deepEqual([log.items.map(({ seq }) => seq), log.after, log.last], [[2, 6, 8, 12], 1, 12]);
  assert.deepEqual([log.step(13, -2), log.step(13, -9), log.step(6, 1), log.step(6, 9)], [8, 2, 8, 12]);
  assert.deepEqual([log.count(3, 8), log.count(9, 11)], [2, 0]);
  log.cut(7);
  assert.deepEqual([log.items.map(({ seq }) => seq), log.last], [[2, 6], 7]);
});

test('a reply is shown in its thread, and in the conversation where that was wanted', () => {
  const one = conversation();
  come(one, message(1), message(2));
  one.side = new Thread(one, 1);
  come(one, reply(3, 1), reply(4, 1, { alsoInConversation: true }), reply(5, 2), message(6));
  assert.deepEqual(seqs(one), [1, 2, 4, 6]);
  assert.deepEqual(seqs(one.side), [3, 4]);
  assert.equal(one.newest.seq, 6);
  assert.equal(one.unread, 4, 'what its thread alone shows is not unread here');
});

test('a message knows of its replies and its pin: what is newer than the page is news', () => {
  const one = conversation(6);
  const current = [{ sequence: 1, version: 1, replies: { count: 2, lastSequence: 6 }, pinned: true }];
  one.log.prepend(one.take([message(1), message(2)], { current, head: 6 }), 0);
  come(one, reply(6, 1), reply(7, 1), reply(8, 2), pin(9, 1, 'unpinned'), pin(10, 2));
  assert.deepEqual(one.log.at(1).replies, { count: 3, lastSequence: 7 });
  assert.deepEqual(one.log.at(2).replies, { count: 1, lastSequence: 8 });
  assert.deepEqual([one.log.at(1).pinned, one.log.at(2).pinned], [false, true]);
  come(one, deletion(11, 2));
  assert.deepEqual([one.log.at(2).deleted, one.log.at(2).pinned], [true, false]);
});

test('a reply that is deleted is counted no more', () => {
  const one = conversation();
  come(one, message(1));
  one.side = new Thread(one, 1);
  come(one, reply(2, 1), reply(3, 1), deletion(4, 2));
  assert.deepEqual(one.log.at(1).replies, { count: 1, lastSequence: 3 });
  assert.equal(one.side.log.at(2).deleted, true);
  come(one, deletion(5, 3));
  assert.equal(one.log.at(1).replies, null);
});

test('a thread is loaded from its end to the message that it began with, and goes on with what comes', async () => {
  const entries = Array.from({ length: 400 }, (_, i) => (i % 2 || i === 0 ? message(i + 1) : reply(i + 1, 1)));
  const one = conversation(400), reading = reader(server(entries));
  one.side = new Thread(one, 1);
  await reading.load(one.side);
  assert.equal(seqs(one.side).length, 60);
  while (!one.side.log.whole) await reading.older(one.side);
  assert.deepEqual(seqs(one.side), [1, ...entries.filter(({ thread }) => thread).map(({ sequence }) => sequence)]);
  come(one, message(401), reply(402, 1));
  assert.equal(seqs(one.side).at(-1), 402);
});

test('a message of a thread is brought into view with what is around it', async () => {
  const entries = Array.from({ length: 400 }, (_, i) => (i === 0 ? message(1) : reply(i + 1, 1)));
  const one = conversation(400), reading = reader(server(entries));
  one.side = new Thread(one, 1);
  assert.equal(await reading.goTo(one.side, 200), true);
  assert.deepEqual([seqs(one.side)[0], seqs(one.side).at(-1), one.side.atEnd], [171, 230, false]);
  while (one.side.log.last < one.side.last) await reading.newer(one.side);
  assert.equal(seqs(one.side).at(-1), 400);
});

test('the conversation is loaded past a thread of many replies in one page', async () => {
  const entries = Array.from({ length: 3_000 }, (_, i) => (i < 70 ? message(i + 1) : reply(i + 1, 1)));
  const client = server(entries), one = conversation(3_000);
  await reader(client).load(one);
  assert.deepEqual([seqs(one).length, client.asked], [60, ['main']]);
  assert.equal(one.log.covers(2_999), true);
});

// What a page has: only what the side asks of it.
function page(client, opened, looking = false) {
  const told = [];
  const chat = {
    self: 'me', client, opened, beside: null, told, changed() {}, reading: reader(client),
    conversations: { get: () => opened },
    attention: { isOn: () => looking, tell: (_, item) => told.push(item.seq), say() {}, failed() {} },
  };
  chat.side = new Side(chat);
  return chat;
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

const summary = (thread, more = {}) => ({
  thread, replies: 1, lastSequence: 2, lastEntry: null, people: ['ann'], isFollowing: true, lastReadSequence: 2,
  unread: { count: 0, more: false }, ...more,
});

test('replies are unread in a thread that the user follows, until they are seen', async () => {
  const marks = [], one = conversation(2);
  const client = server([], {
    threads: async () => [summary(1), summary(9, { isFollowing: false, unread: null, lastSequence: 10 })],
    markThreadRead: async (id, thread, seq) => marks.push([thread, seq]),
  });
  const chat = page(client, one, true);
  chat.side.show();
  await settled();
  const come = (...entries) => {
    const items = one.take(entries);
    one.append(items);
    chat.side.came(one, items);
  };
  one.side = new Thread(one, 1);
  come(reply(3, 1), reply(4, 1, { alsoInConversation: true }), reply(5, 1, { senderId: 'me' }), reply(11, 9));
  assert.equal(chat.side.unread(one), 1);
  assert.deepEqual(chat.told, [3], 'what the conversation shows is told of there');
  assert.equal(chat.side.of(one, 1).replies, 4);
  await chat.side.seen(one.side);
  await chat.side.seen(one.side);
  assert.deepEqual([chat.side.unread(one), marks], [0, [[1, 5]]]);
});

test('what is marked as unread in a thread stays so until it is opened again', async () => {
  const calls = [], one = conversation(4);
  const client = server([], {
    threads: async () => [summary(1, { lastSequence: 4, lastReadSequence: 4, unreadFrom: null })],
    markThreadRead: async (id, thread, seq) => calls.push(['read', thread, seq]),
    markThreadUnread: async (id, thread, seq) => calls.push(['unread', thread, seq]),
  });
  const chat = page(client, one, true);
  chat.side.show();
  await settled();
  const open = () => {
    chat.beside = { panel: 'thread', thread: 1, seq: 0 };
    chat.side.show();
    one.side.hold(new Log(0));
    one.side.log.extend(one.take([message(1), reply(2, 1), reply(3, 1, { senderId: 'me' }), reply(4, 1)]), 4);
    return one.side;
  };
  const thread = open();
  assert.equal(chat.side.isFollowed(thread), true);
  await chat.side.markUnread(thread, 2);
  assert.deepEqual([chat.side.unread(one), thread.newFrom], [2, 2]);
  await chat.side.seen(thread);
  assert.deepEqual(calls, [['unread', 1, 2]], 'looking at it does not read it');
  one.side = null;
  const again = open();
  assert.deepEqual([again.newFrom, again.unread], [2, 2]);
  await chat.side.seen(again);
  assert.deepEqual([calls.at(-1), chat.side.unread(one)], [['read', 1, 4], 0]);
});

test('what was asked before a thread was marked as read does not make it unread again', async () => {
  const old = [summary(1, { unread: { count: 1, more: false }, lastReadSequence: 1, unreadFrom: null })];
  const one = conversation(2);
  let answer, stored;
  const answers = [old, new Promise((resolve) => (answer = resolve)), old];
  const client = server([], {
    threads: async () => answers.shift(), markThreadRead: () => new Promise((resolve) => (stored = resolve)),
  });
  const chat = page(client, one, true);
  chat.side.show();
  await settled();
  assert.equal(chat.side.unread(one), 1);
  one.side = new Thread(one, 1);
  one.side.hold(new Log(0));
  one.side.log.extend(one.take([message(1), reply(2, 1)]), 2);
  const asking = chat.side.more(one), marking = chat.side.seen(one.side);
  await settled();
  assert.equal(chat.side.unread(one), 0);
  stored();
  await marking;
  answer(old);
  await asking;
  assert.equal(chat.side.unread(one), 0, 'the answer is older than the mark');
  await chat.side.more(one);
  assert.equal(chat.side.unread(one), 1, 'marked as unread elsewhere');
});

test('of a reply that is deleted and not held it is asked in which thread it stood', async () => {
  const entries = [message(1), message(2), reply(3, 1), reply(4, 1), reply(5, 1)], one = conversation(5), asked = [];
  const client = server(entries, {
    async message(id, seq) {
      asked.push(seq);
      return { entries: [entries[seq - 1]], current: null, head: 6 };
    },
  });
  const { history } = client;
  client.history = async (...args) => ({
    ...await history.apply(client, args),
    current: [{ sequence: 1, version: 1, replies: { count: 2, lastSequence: 5 } }], head: 6,
  });
  one.log = new Log(0);
  const current = [{ sequence: 1, version: 1, replies: { count: 3, lastSequence: 5 } }];
  one.log.extend(one.take([message(1), message(2)], { current, head: 5 }), 5);
  const chat = page(client, one);
  chat.side.show();
  await settled();
  const come = (...came) => {
    const items = one.take(came);
    one.append(items);
    chat.side.came(one, items);
  };
  come(deletion(6, 4));
  await settled();
  assert.deepEqual([one.log.at(1).replies.count, asked], [2, [4]]);
  come(deletion(7, 2)); // held: nothing has to be asked
  await settled();
  assert.deepEqual(asked, [4]);
});

test('a mention marks the conversation until it is read', async () => {
  const one = conversation(3);
  come(one, message(4, { mentions: { users: ['me'], everyone: false } }));
  assert.equal(one.isMentioned, true);
  one.read(4);
  assert.equal(one.isMentioned, false);
  come(one, message(5), message(6, { mentions: { users: [], everyone: true } }));
  assert.equal(one.isMentioned, true);
  one.read(6);
  come(one, reply(7, 1, { mentions: { users: ['me'], everyone: false } }));
  assert.equal(one.isMentioned, false, 'its thread says it');
  const other = conversation(9, { lastReadSequence: 5, unreadCount: 3, unread: { count: 3, more: false } });
  const mention = { conversationId: 'c', sequence: 7, thread: null, entry: null, cursor: 'x' };
  page(server([], { mentions: async () => [mention] }), other);
  await settled();
  assert.equal(other.isMentioned, true);
});

test('everybody is named in any of the languages, as a word', () => {
  for (const text of ['@everyone look', 'hi @alle!', '(@Everyone)']) assert.equal(namesAll(text), true, text);
  for (const text of ['everyone', 'a@everyone', '@everyones', '@aller', '']) assert.equal(namesAll(text), false, text);
});

test('addresses name a conversation, a message of it, a thread, and a message of that', () => {
  const id = '7b1f';
  assert.deepEqual(placeOf(`#/c/${id}`), { id, seq: 0, beside: null });
  assert.deepEqual(placeOf(`#/c/${id}/12`), { id, seq: 12, beside: null });
  assert.deepEqual(placeOf(`#/c/${id}/t/7`), { id, seq: 0, beside: { panel: 'thread', thread: 7, seq: 0 } });
  assert.deepEqual(placeOf(`#/c/${id}/t/7/9`), { id, seq: 0, beside: { panel: 'thread', thread: 7, seq: 9 } });
  assert.deepEqual(placeOf(`#/c/${id}/pins`), { id, seq: 0, beside: { panel: 'pins', thread: null, seq: 0 } });
  for (const wrong of ['', '#/', '#/c/', `#/c/${id}/t`, `#/c/${id}/x`, `#/c/${id}/t/7/9/1`])
    assert.equal(placeOf(wrong).id, null, wrong);
});
