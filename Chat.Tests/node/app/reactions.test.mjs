import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  afterEntry, ownIn, reactionsIn, shownOf, toggled, withOwn,
} from '../../../Chat.Server/wwwroot/app/reactions.js';

const counts = (said) => Object.entries(said).map(([key, count]) => ({ key, count }));
const entry = (said, changes = null) =>
  ({ counts: counts(said), changes: changes && Object.entries(changes).map(([userId, keys]) => ({ userId, keys })) });
const said = (reactions, wanted = null) =>
  shownOf(reactions, wanted).map(({ key, count, isMine }) => `${key}${count}${isMine ? '*' : ''}`).join(' ');

test('a page says how many there are, and which are mine', () => {
  const page = reactionsIn({ counts: counts({ '👍': 3, '🎉': 1 }), mine: ['👍'] });
  assert.equal(said(page), '👍3* 🎉1');
  assert.equal(reactionsIn({ counts: [], mine: [] }), null);
});

test('what waits is shown at once, and taken back when it is gone', () => {
  const page = reactionsIn({ counts: counts({ '👍': 3, '🎉': 1 }), mine: ['👍', '🎉'] });
  assert.equal(said(page, toggled(ownIn(page, null), '👍')), '👍2 🎉1*');
  assert.equal(said(page, ['👍']), '👍3*');
  assert.equal(said(page, ['👍', '🎉', '👀']), '👍3* 🎉1* 👀1*');
  assert.equal(said(page), '👍3* 🎉1*');
  assert.equal(said(null, ['👍']), '👍1*');
});

test('a receipt keeps what is shown until the log tells it', () => {
  let now = reactionsIn({ counts: counts({ '👍': 2 }), mine: [] });
  assert.equal(said(now, ['👍']), '👍3*');
  now = withOwn(now, ['👍']);
  assert.equal(said(now), '👍3*');
  now = afterEntry(now, entry({ '👍': 3 }, { me: ['👍'] }), 'me');
  assert.equal(said(now), '👍3*');
  assert.equal(withOwn(null, []), null);
});

test('an entry of others leaves what the log has not told of mine', () => {
  let now = withOwn(reactionsIn({ counts: counts({ '👍': 2 }), mine: [] }), ['👍']);
  now = afterEntry(now, entry({ '👍': 3 }, { ben: ['👍'] }), 'me');
  assert.equal(said(now), '👍4*');
  now = afterEntry(now, entry({ '👍': 9 }), 'me'); // it names nobody, and has all that came before it
  assert.equal(said(now), '👍9*');
});

test('what another device did is mine, by the entry or by a word of it', () => {
  let now = afterEntry(null, entry({ '👍': 1 }, { me: ['👍'] }), 'me');
  assert.equal(said(now), '👍1*');
  now = afterEntry(now, entry({}, { me: [] }), 'me');
  assert.equal(now, null);
  now = withOwn(afterEntry(null, entry({ '👍': 700 }), 'me'), ['🎉']);
  assert.equal(said(now), '👍700 🎉1*');
});

test('what is shown keeps its place while counts change, and what is new comes behind it', () => {
  let now = reactionsIn({ counts: counts({ '👍': 3, '🎉': 1 }), mine: [] });
  now = afterEntry(now, entry({ '🎉': 5, '👀': 4, '👍': 3 }), 'me');
  assert.equal(said(now), '👍3 🎉5 👀4');
});
