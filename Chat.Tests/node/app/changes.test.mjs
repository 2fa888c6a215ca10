import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../../Chat.Server/wwwroot/app/conversation.js';
import { Log } from '../../../Chat.Server/wwwroot/app/log.js';
import { rows } from '../../../Chat.Server/wwwroot/app/timeline.js';

const conversation = (last = 0, read = last) => new Conversation({
  id: 'c', kind: 'group', title: 'T', createdAt: '2026-01-01T00:00:00Z', lastSequence: last, lastReadSequence: read,
  unreadCount: last - read, lastEntry: null,
}, 'me');

const at = (sequence) => ({ id: `${sequence}`, sequence, createdAt: '2026-01-01T00:00:00Z' });
const message = (sequence, body, senderId = 'ann') => ({ ...at(sequence), kind: 'message', body, senderId });
const edit = (sequence, targetSequence, body, senderId = 'ann') =>
  ({ ...at(sequence), kind: 'messageEdited', targetSequence, body, senderId });
const deletion = (sequence, targetSequence, senderId = 'ann') =>
  ({ ...at(sequence), kind: 'messageDeleted', targetSequence, senderId });

const come = (one, ...entries) => one.append(one.take(entries));
const stretch = (items, to) => {
  const log = new Log(0);
  log.extend(items, to);
  return log;
};
const now = Date.parse(at(1).createdAt);
const view = { self: 'me', changes: new Map(), newFrom: 0, putBackFrom: 0, readTo: 0, now };
const drawn = (one, changes = new Map()) => rows(one.log, 1, one.log.last, { ...view, changes })
  .map(({ item }) => `${item.seq} ${item.deleted ? '(deleted)' : item.body}${item.edited ? ' (edited)' : ''}`);

test('an edit and a deletion change the message that they are of, and are no rows themselves', () => {
  const one = conversation();
  come(one, message(1, 'a'), message(2, 'b'), edit(3, 1, 'A'), message(4, 'c'), deletion(5, 2), edit(6, 1, 'AA'));
  assert.deepEqual(drawn(one), ['1 AA (edited)', '2 (deleted)', '4 c']);
  assert.equal(one.newest.seq, 4);
  come(one, edit(7, 4, 'C'));
  assert.equal(one.newest.body, 'C');
  assert.equal(one.last, 7);
});

test('what is deleted stays so, whatever comes after it, and an older edit changes nothing', () => {
  const one = conversation();
  come(one, message(1, 'a'), deletion(2, 1), edit(3, 1, 'back'));
  assert.deepEqual(drawn(one), ['1 (deleted)']);
  const other = conversation();
  come(other, message(1, 'a'), edit(2, 1, 'b'), edit(3, 1, 'c'));
  other.take([edit(2, 1, 'b')]);
  assert.deepEqual(drawn(other), ['1 c (edited)']);
});

test('a message that is loaded after its change is shown as it is now', () => {
  const one = conversation(4);
  one.log.after = 4;
  come(one, edit(5, 2, 'new'), deletion(6, 3));
  one.log.prepend(one.take([message(1, 'a'), message(2, 'old'), message(3, 'x'), message(4, 'd')]), 0);
  assert.deepEqual(drawn(one), ['1 a', '2 new (edited)', '3 (deleted)', '4 d']);
});

test('content that the server has erased is shown as deleted', () => {
  const one = conversation();
  come(one, { ...message(1, null), erased: true });
  assert.deepEqual(drawn(one), ['1 (deleted)']);
});

// CH-264
test('an erasure takes the content of messages that are shown, unread, quoted, and of their edits', () => {
  const erasure = (sequence, said) => ({ ...at(sequence), kind: 'contentErased', senderId: 'system', ...said });
  const one = conversation();
  come(one, message(1, 'a'), message(2, 'b', 'ben'), edit(3, 1, 'A'), message(4, 'c'), message(5, 'd', 'ben'));
  one.quote(2, one.log.at(2));
  const counts = [{ key: '👍', count: 1 }];
  come(one, { ...at(6), kind: 'reactionsChanged', senderId: 'ben', targetSequence: 1, counts, changes: null });
  assert.notEqual(one.log.at(1).reactions, null);
  come(one, erasure(7, { throughSequence: 2, userId: null }));
  assert.deepEqual(drawn(one), ['1 (deleted)', '2 (deleted)', '4 c', '5 d']);
  assert.equal(one.log.at(1).reactions, null);
  assert.equal(one.quoteOf(2).body, '');
  come(one, erasure(8, { throughSequence: null, userId: 'ben' }), message(9, 'e', 'ben'));
  assert.deepEqual(drawn(one), ['1 (deleted)', '2 (deleted)', '4 c', '5 (deleted)', '9 e']);
  assert.doesNotMatch(JSON.stringify(one.log.items), /"body":"[Aab d]"/);
  one.take([edit(3, 1, 'A')]);
  assert.deepEqual(drawn(one).slice(0, 1), ['1 (deleted)']);
});

test('what is deleted is not unread any more', () => {
  const one = conversation();
  come(one, message(1, 'a'), message(2, 'b'));
  assert.equal(one.unread, 2);
  come(one, deletion(3, 2));
  assert.equal(one.unread, 1);
  come(one, edit(4, 1, 'A'));
  assert.equal(one.unread, 1);
});

test('a change that waits is shown, one that was refused is taken back', () => {
  const one = conversation();
  come(one, message(1, 'a', 'me'), message(2, 'b', 'me'));
  const pending = (kind, failed) => ({ id: 'k', kind, body: 'new', failed, reason: null });
  assert.deepEqual(drawn(one, new Map([[1, pending('edit', false)], [2, pending('delete', false)]])),
    ['1 new (edited)', '2 (deleted)']);
  assert.deepEqual(drawn(one, new Map([[1, pending('edit', true)], [2, pending('delete', true)]])), ['1 a', '2 b']);
});

test('a log that was put back takes its changes back with it', () => {
  const one = conversation();
  come(one, message(1, 'a'), message(2, 'b'), edit(3, 1, 'A'));
  one.putBack(2);
  assert.deepEqual(drawn(one), ['1 a', '2 b']);
  one.log.cut(0);
  one.log.append(one.take([message(1, 'a'), message(2, 'b')]));
  assert.deepEqual(drawn(one), ['1 a', '2 b']);
});

test('of one conversation a bounded number of changes is kept', () => {
  const one = conversation();
  const many = Array.from({ length: 3_000 }, (_, i) => edit(10_000 + i, 1 + i, 'x'.repeat(1_000)));
  one.take(many);
  const page = one.take(Array.from({ length: 3_000 }, (_, i) => message(1 + i, 'a')));
  const changed = page.filter((item) => item.edited).length;
  assert.ok(changed > 300 && changed <= 1_000, `${changed}`);
  assert.ok(page.at(-1).edited);
});

test('what the server says beside a page is what its messages say now', () => {
  const one = conversation(9);
  const current = [{ sequence: 1, version: 7, body: 'A', deleted: false },
    { sequence: 2, version: 8, deleted: true }, { sequence: 3, version: 3, body: null, deleted: false }];
  one.hold(stretch(one.take([message(1, 'a'), message(2, 'b'), message(3, 'c')], { current, head: 9 }), 3));
  assert.deepEqual(drawn(one), ['1 A (edited)', '2 (deleted)', '3 c']);
  one.take([], { current: [{ sequence: 3, version: 9, body: 'C', deleted: false }], head: 9 });
  assert.deepEqual(drawn(one), ['1 A (edited)', '2 (deleted)', '3 C (edited)']);
});

test('marked as unread it is unread from there, until it is read', () => {
  const one = conversation();
  come(one, message(1, 'a'), message(2, 'b'), message(3, 'c'));
  one.read(3);
  assert.equal(one.unread, 0);
  one.markUnread(2);
  assert.deepEqual([one.unread, one.lastRead, one.newFrom, one.isKeptUnread], [2, 1, 2, true]);
  one.read(3);
  assert.equal(one.unread, 0);
  one.apply({ id: 'c', kind: 'group', title: 'T', lastSequence: 3, lastReadSequence: 3, unreadFrom: 1, unreadCount: 2,
    unread: { count: 2, more: false }, lastEntry: null });
  assert.deepEqual([one.unread, one.lastRead], [2, 1]);
  one.apply({ id: 'c', kind: 'group', title: 'T', lastSequence: 900, lastReadSequence: 3, unreadCount: 99,
    unread: { count: 99, more: true }, lastEntry: null });
  assert.equal(one.unread, 100);
});

test('a list that tells of a change only shows what the message says now', () => {
  const told = (lastEntry) => new Conversation({ id: 'c', kind: 'group', title: 'T', createdAt: '2026-01-01T00:00:00Z',
    lastSequence: 9, lastReadSequence: 9, unreadCount: 0, lastEntry }, 'me').newest;
  assert.deepEqual([told(edit(9, 4, 'new')).body, told(edit(9, 4, 'new')).seq], ['new', 4]);
  assert.equal(told(deletion(9, 4)).deleted, true);
});

test('an edit and a deletion replace files and mentions too, also while they wait', () => {
  const files = [{ url: 'https://example.org/a', name: 'a' }, { url: 'https://example.org/b', name: 'b' }];
  const sent = (sequence) => ({ ...message(sequence, 'a', 'me'), attachments: files, attachmentUrl: files[0].url,
    attachmentMeta: { w: 1 }, mentions: { users: ['ben'], everyone: false } });
  const said = ({ body, attachment, meta, attachments, mentioned }) =>
    [body, attachment, meta, attachments, mentioned];
  const one = conversation();
  come(one, sent(1), sent(2), sent(3));
  const waits = { id: 'k', kind: 'delete', body: '', failed: false, reason: null };
  const [, , waiting] = rows(one.log, 1, 3, { ...view, changes: new Map([[3, waits]]) }).map(({ item }) => item);
  assert.deepEqual([waiting.body, waiting.attachment, waiting.attachments, waiting.deleted], ['', null, null, true]);
  come(one, edit(4, 1, 'b', 'me'), deletion(5, 2, 'me'));
  assert.deepEqual(said(one.log.at(1)), ['b', null, null, null, null]);
  assert.deepEqual(said(one.log.at(2)), ['', null, null, null, null]);
  come(one, { ...edit(6, 1, null, 'me'), attachments: [files[1]], mentions: { users: ['cem'] } });
  assert.deepEqual(said(one.log.at(1)), ['', null, null, [files[1]], ['cem']]);
});
