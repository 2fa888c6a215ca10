import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReadable, mentions, shownName } from '../../../Chat.Server/wwwroot/app/names.js';
import { initials, several } from '../../../Chat.Server/wwwroot/app/people.js';

test('what cannot be seen in a name is shown', () => {
  assert.equal(shownName('bank\u200b'), 'bank[U+200B]');
  assert.equal(shownName('\u202eevil'), '[U+202E]evil');
  assert.equal(shownName('a\u00adb\ufe0fc\u3164'), 'a[U+00AD]b[U+FE0F]c[U+3164]');
  assert.equal(shownName('a\u{e0041}b'), 'a[U+E0041]b');
});

test('what is seen in what it does stays', () => {
  const names = [
    'Ann', 'José', 'Jose\u0301', '王小明', 'علی‌رضا', 'क्‍ष', '👩‍👩‍👧‍👦', '❤️', '🇩🇪', 'O’Neil-Smith',
  ];
  for (const name of names)
    assert.equal(shownName(name), name);
});

test('a name has something to see, and nothing that is not', () => {
  for (const name of ['\u200b', '\u202e', '\u3164', '\ufe0f', '\u00ad', '\u2800', ' ', '\u0301', 'a\u200bb', 'a\u0007'])
    assert.equal(isReadable(name), false, JSON.stringify(name));
  for (const name of ['a', '7', '王', '!', '👍', 'علی‌رضا']) assert.equal(isReadable(name), true, name);
});

test('somebody is named by their whole name, as a word', () => {
  for (const text of ['ann', 'Hi Ann!', '@ann, look', 'ANN', '(ann)', "ann's turn", 'anna and ann'])
    assert.equal(mentions(text, 'ann'), true, text);
  for (const text of ['annual', 'Joann', 'anna', 'an n', 'ann_b', 'ann2', ''])
    assert.equal(mentions(text, 'ann'), false, text);
  assert.equal(mentions('看看小明的', '小明'), true);
  assert.equal(mentions('Jose\u0301!', 'josé'), true);
  assert.equal(mentions('JosE\u0301', 'jose'), false);
  assert.equal(mentions('hi a.b', 'a.b'), true);
  assert.equal(mentions('anything', ''), false);
  assert.equal(mentions('👍 ann👍', 'ann'), true);
});

test('initials are whole characters', () => {
  assert.equal(initials('Ann Bell'), 'AB');
  assert.equal(initials('👩‍👩‍👧‍👦 family'), '👩‍👩‍👧‍👦F');
  assert.equal(initials('e\u0301mile'), 'E\u0301');
  assert.equal(initials('🇩🇪'), '🇩🇪');
  assert.equal(initials(' '), '?');
  assert.equal(initials(`a${'\u0301'.repeat(500)}`), 'A');
  assert.equal(several(['a', 'b', 'c', 'd']), 'a, b and 2 more');
});
