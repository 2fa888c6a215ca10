import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../../Chat.Server/wwwroot/app/conversation.js';
import { Row } from '../../../Chat.Server/wwwroot/app/views/row.js';
import { Talk } from '../../../Chat.Server/wwwroot/app/views/talk.js';
import { Timeline } from '../../../Chat.Server/wwwroot/app/views/timeline.js';

const message = (sequence) => ({
  id: `${sequence}`, conversationId: 'c', sequence, createdAt: '2026-01-01T00:00:00Z', senderId: 'ann', kind: 'message',
  body: `m${sequence}`,
});

/** What a component makes of these properties, as Preact asks it. */
function made(one, properties) {
  one.props = properties;
  return [one.render(properties, one.state)].flat();
}

/** Everything in it that is of this type. */
function all(type, within) {
  if (Array.isArray(within)) return within.flatMap((one) => all(type, one));
  if (!within?.props) return [];
  return within.type === type ? [within] : all(type, within.props.children);
}

test('a message that comes draws itself and the one before it, which is not the last one any more', () => {
  const conversation = new Conversation({
    id: 'c', kind: 'group', title: 'T', createdAt: '2026-01-01T00:00:00Z', lastSequence: 0, lastReadSequence: 0,
    unreadCount: 0, lastEntry: null,
  }, 'me');
  conversation.opened = true;
  const chat = {
    self: 'me', online: true, reading: {}, beside: null, side: null, time: { now: () => 0 },
    pending: () => [], changes: () => new Map(), reacting: () => new Map(), quoteOf: () => null,
  };
  const properties = { chat, conversation }, talk = new Talk(properties);
  let timeline = null;
  const rows = () => {
    const [{ props }] = all(Timeline, made(talk, { ...properties }));
    timeline ??= new Timeline(props);
    return all('li', made(timeline, props)).map((row) => ({ row, of: all(Row, row.props.children)[0].props.item.seq }));
  };
  const come = (...seqs) => conversation.append(conversation.take(seqs.map(message)));
  const drawnAgain = (before) => {
    const known = new Set(before.map(({ row }) => row));
    return rows().filter(({ row }) => !known.has(row)).map(({ of }) => of);
  };

  come(...Array.from({ length: 50 }, (_, i) => i + 1));
  const before = rows();
  assert.equal(before.length, 50);
  assert.deepEqual(drawnAgain(before), []);
  come(51);
  assert.deepEqual(drawnAgain(before), [50, 51]);
  conversation.change(7, (held) => ({ ...held, pinned: true }));
  assert.deepEqual(drawnAgain(rows()), []);
  assert.deepEqual(drawnAgain(before), [7, 50, 51]);
});
