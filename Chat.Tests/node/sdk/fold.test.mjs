import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fold, foldCounts, foldCurrent, foldOwnReactions } from '../../../Chat.Server/wwwroot/sdk/core/fold.js';

const cases = JSON.parse(readFileSync(new URL('fold-cases.json', import.meta.url), 'utf8'));

// What has no value is left out by the one and null with the other.
const said = (entry) =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value != null && value !== false));

test('what .NET makes of a message and its changes, this client makes of them', () => {
  assert.ok(cases.length >= 100);
  for (const { message, changes, result, counts, mine } of cases) {
    assert.deepEqual(said(changes.reduce(fold, message)), said(result), JSON.stringify(changes));
    assert.deepEqual(changes.reduce(foldCounts, []), counts, JSON.stringify(changes));
    const own = (before, change) => foldOwnReactions(before, change, 'ann');
    assert.deepEqual(changes.reduce(own, [':old:']), mine, JSON.stringify(changes));
  }
});

test('what stands beside a message in a page says what its newest change says', () => {
  for (const { message, changes, current } of cases) {
    const newest = changes.findLast(({ kind }) => kind === 'messageEdited' || kind === 'messageDeleted') ?? null;
    assert.deepEqual(said(foldCurrent(message, current)), said(fold(message, newest)), JSON.stringify(current));
  }
});
