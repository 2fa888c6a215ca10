import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, directionOf, folded, parts, preview } from '../../../Chat.Server/wwwroot/app/text.js';

const linksOf = (text) => parts(text).filter((part) => part.kind === 'link').map((part) => part.href);

// What is shown of a text is the text, whatever it is.
const shownOf = (text) => parts(text).map((part) => part.text).join('');

test('an address ends where its sentence goes on, in any script', () => {
  const cases = {
    '（http://example.com/a）': 'http://example.com/a',
    '「http://example.com/b」': 'http://example.com/b',
    '看 https://example.com/c，好的': 'https://example.com/c',
    '见 https://example.com/d。': 'https://example.com/d',
    '“https://example.com/e”': 'https://example.com/e',
    '‘https://example.com/e’': 'https://example.com/e',
    '«https://example.com»': 'https://example.com/',
    '‹https://example.com/f›': 'https://example.com/f',
    'https://example.com/g…': 'https://example.com/g',
    "https://example.com/Schrodinger's_cat": "https://example.com/Schrodinger's_cat",
    'https://example.com/wiki/北京': 'https://example.com/wiki/%E5%8C%97%E4%BA%AC',
    '(https://example.com/a_(b)).': 'https://example.com/a_(b)',
    'https://example.com/a)))': 'https://example.com/a',
    'https://example.com/?q=(a)&r=1!': 'https://example.com/?q=(a)&r=1',
  };
  for (const [text, href] of Object.entries(cases)) {
    assert.deepEqual(linksOf(text), [href], text);
    assert.equal(shownOf(text), text);
  }
});

test('blocks and code keep what they hold', () => {
  assert.deepEqual(parts('a\n```js\nx\n\ny\n```\nb'), [
    { kind: 'text', text: 'a\n' }, { kind: 'block', text: 'x\n\ny' }, { kind: 'text', text: 'b' },
  ]);
  assert.deepEqual(parts('``` not closed'), [{ kind: 'block', text: ' not closed' }]);
  assert.deepEqual(parts('`a` ` `b`'), [
    { kind: 'code', text: 'a' }, { kind: 'text', text: ' ' }, { kind: 'code', text: ' ' }, { kind: 'text', text: 'b`' },
  ]);
});

const size = 64 * 1024;
const filled = (piece) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
const hostile = {
  brackets: `https://a.b/${filled(')')}`,
  opened: `https://a.b/${filled('(')}`,
  dots: `https://a.b/${filled('.')}`,
  spaces: `\`\`\`${filled(' ')}`,
  fences: filled('```'),
  'fences and spaces': filled('``` '),
  'languages without a line': filled('```a '),
  ticks: filled('`'),
  'lone ticks in lines': filled('`\n'),
  codes: filled('`a` '),
  addresses: filled('http://a.b '),
  'addresses in a row': filled('https://'),
  lines: filled('\n'),
  accents: `a${filled('\u0301')}`,
  emoji: filled('👩‍👩‍👧‍👦'),
  words: filled('lorem ipsum '),
};
for (const [what, text] of Object.entries(hostile)) {
  test(`64 KB of ${what} have few parts, and none is lost`, () => {
    const found = parts(text);
    assert.ok(found.length <= 4_100, `${found.length} parts`);
    const bare = (one) => one.replace(/`/g, '');
    if (!/codes|fences|spaces|languages/.test(what)) assert.equal(bare(shownOf(text)), bare(text));
    assert.ok(text.startsWith(folded(text)));
    assert.ok(preview(text).length <= 141);
  });
}

// Ended by the bound of the run where time grew with the square of the length: a million is 40 ms, or an hour.
test('a million of anything is no matter', () => {
  for (const text of Object.values(hostile)) {
    const long = text.repeat(16);
    assert.ok(parts(long).length <= 4_100);
    assert.ok(long.startsWith(folded(long)));
    assert.ok(preview(long).length <= 141);
  }
});

test('nothing is cut within what people see as one character', () => {
  assert.equal(cut('ab👩‍👩‍👧‍👦cd', 5), 'ab');
  assert.equal(cut('abe\u0301f', 3), 'ab');
  assert.equal(cut('🇩🇪🇫🇷', 6), '🇩🇪');
  assert.equal(cut('short', 10), 'short');
  assert.equal(cut('x'.repeat(200), 140).length, 140);
  const family = '👩‍👩‍👧‍👦';
  assert.ok(preview(family.repeat(30)).slice(0, -1).endsWith(family));
  assert.ok(folded(family.repeat(200)).endsWith(family));
  // One character without end is cut all the same, and never between the halves of a pair.
  assert.ok(cut(`a${'\u0301'.repeat(1_000)}`, 140).length >= 76);
  assert.ok(!/[\ud800-\udbff]$/.test(cut('😀'.repeat(200), 141)));
});

test('a line for the list turns nothing around it', () => {
  assert.equal(preview('a\u202eb\u2066c\u200fd'), 'abcd');
  assert.equal(preview(' many\n\n  lines ```js\nx``` '), 'many lines x');
});

test('a text goes the way of its first letter', () => {
  for (const text of ['', '12 abc', 'abc مرحبا', '!', '日本']) assert.equal(directionOf(text), 'ltr', text);
  for (const text of ['مرحبا abc', '12 שלום', '«سلام»']) assert.equal(directionOf(text), 'rtl', text);
});
