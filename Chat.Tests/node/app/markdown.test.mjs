import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parts, plainOf } from '../../../Chat.Server/wwwroot/app/markdown.js';
import { preview } from '../../../Chat.Server/wwwroot/app/text.js';
import { randomOf } from '../random.mjs';
import { growthOf } from './growth.mjs';

// One line for a tree: b(bold), i(talic), s(truck), q(uote), u(nordered) and o(rdered) lists, c(ode), pre, a (link).
const tags = { bold: 'b', italic: 'i', strike: 's', quote: 'q', code: 'c', block: 'pre', link: 'a' };
const shown = (found) => found.map(drawn).join('');
function drawn(part) {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'list') {
    const items = part.items.map(({ value, parts: said, lists }) =>
      `[${value === null ? '' : `${value}:`}${shown(said)}${shown(lists)}]`);
    return `${part.ordered ? 'o' : 'u'}(${items.join('')})`;
  }
  return `${tags[part.kind]}(${part.parts ? shown(part.parts) : part.text})`;
}

const cases = {
  marks: {
    '**bold** and *italic* and _italic_ and ~~gone~~': 'b(bold) and i(italic) and i(italic) and s(gone)',
    '***both*** ': 'b(i(both)) ',
    '***a* b** c': 'b(i(a) b) c',
    '**a *b* c**': 'b(a i(b) c)',
    '*a **b***': 'i(a b(b))',
    '**a ~~b~~**, (*c*)': 'b(a s(b)), (i(c))',
    '**a **b** c**': 'b(a b(b) c)',
    '**_x_**!': 'b(i(x))!',
    '这是**重点**内容': '这是b(重点)内容',
    'см. *это* слово': 'см. i(это) слово',
    '*😀*': 'i(😀)',
    '**`a*b`** and *https://a.b/c_d_e*': 'b(c(a*b)) and i(a(https://a.b/c_d_e))',
  },
  'what only looks like marks': Object.fromEntries([
    'a * b * c', '2*3*4', '2**3**4', 'snake_case_name', '__init__ and __proto__', '¯\\_(ツ)_/¯', '*', '**', '****',
    '** **', '~x~', '~~ x ~~', '*open', 'open*', '_a', 'a*b*c', '*a\nb*', '~~~~', '\\*no\\*', '/usr/*/lib/*/x',
    'f(*args, **kwargs)', 'int *p, *q', '*a _b', '(*p)->x = (*q)', '-_-', 'O_O o_o', '>_<', '>:(',
    '#1 and #2', '-5 degrees', '- ', '1.5', '2026.', '01. x', '12345678901. x', '-', '* ', '>a',
  ].map((text) => [text, text])),
  'marks that cross': {
    '*a **b* c**': 'i(a **b) c**',
    '**a *b** c*': 'b(a *b) c*',
    '~~**~~': 's(**)',
  },
  quotes: {
    '> a\n> b\nc': 'q(a\nb)c',
    'a\n> b': 'a\nq(b)',
    '> a\n>\n> > b': 'q(a\n\nq(b))',
    '> **a**\n> - b': 'q(b(a)\nu([b]))',
    '> ```\n> x\n> ```\ny': 'q(pre(x))y',
  },
  lists: {
    '- a\n- b\nc': 'u([a][b])c',
    'x:\n* a\n* **b**': 'x:\nu([a][b(b)])',
    '1. a\n2. b\n5. c': 'o([1:a][2:b][5:c])',
    '1986. A year': 'o([1986:A year])',
    '- a\n  - b\n    - c\n- d': 'u([au([bu([c])])][d])',
    '- a\n  1. b\n  2. c': 'u([ao([1:b][2:c])])',
    '- a\n  goes on\n- b': 'u([a\ngoes on][b])',
    '- a\n1. b': 'u([a])o([1:b])',
    '- a\n\n- b': 'u([a])\nu([b])',
    '- a\n```\nb\n```': 'u([a])pre(b)',
    '• a\n• b': 'u([a][b])',
  },
  'code first': {
    '`**a**`': 'c(**a**)',
    '```\n- a\n> b\n```': 'pre(- a\n> b)',
    '*a `b* c`': '*a c(b* c)',
  },
};
for (const [what, texts] of Object.entries(cases)) {
  test(what, () => {
    for (const [text, wanted] of Object.entries(texts)) assert.equal(shown(parts(text)), wanted, text);
  });
}

test('a line for the list has no marks', () => {
  assert.equal(preview('**Done**: *all*\n- one\n- `two`\n> three'), 'Done: all one two three');
  assert.equal(preview('a```b```c'), 'a b c');
});

const pieces = ['*', '**', '***', '_', '~~', '`', '```', '\n', '\n\n', ' ', '  ', '- ', '\n- ', '\n  - ',
  '1. ', '> ', '\n> ', 'a', 'word', 'https://a.b/c_d', 'h', '\\', '/', '(', ')', '。', '重', '😀', '\ud83d', '\u202e',
  '<b>', '&amp;', '\0', 'م'];

function mixed(seed, size) {
  const next = randomOf(seed);
  // Some texts are made of few pieces: those nest, or never end.
  const few = Array.from({ length: 1 + Math.floor(next() * 6) }, () => pieces[Math.floor(next() * pieces.length)]);
  let text = '';
  while (text.length < size) text += few[Math.floor(next() * few.length)];
  return text.slice(0, size);
}

const depthOf = (found) => Math.max(0, ...found.map((part) => 1 + depthOf(part.parts
  ?? part.items?.flatMap((item) => [...item.parts, ...item.lists]) ?? [])));
const sizeOf = (found) => found.reduce((sum, part) => sum + 1 + sizeOf(part.parts
  ?? part.items?.flatMap((item) => [...item.parts, ...item.lists]) ?? []), 0);
const letters = (text) => text.replace(/[^\p{L}\p{N}<&;😀。]/gu, '');
const numbersOf = (found) => found.flatMap((part) => part.items?.flatMap((item) =>
  [item.value ?? '', ...numbersOf([...item.parts, ...item.lists])]) ?? numbersOf(part.parts ?? []));

test('whatever is written, nothing that is said is lost, and the tree is small and flat', () => {
  for (let seed = 1; seed <= 3_000; seed++) {
    const text = mixed(seed, 1 + seed % 400), found = parts(text);
    assert.ok(depthOf(found) <= 14, `${depthOf(found)} deep: ${JSON.stringify(text)}`);
    // The language of a block is not shown, and a number of a list is its value.
    if (text.includes('```') || numbersOf(found).some((one) => one !== '')) continue;
    assert.equal(letters(plainOf(found)), letters(text), JSON.stringify(text));
  }
});

test('a tree has few parts', () => {
  for (const piece of ['*a* ', '- a\n', '> a\n', '1. a\n', '**a *b* c**\n', '- a\n  - b\n', '`a`', '> - *a*\n\n'])
    assert.ok(sizeOf(parts(piece.repeat(20_000))) <= 6_500, `${sizeOf(parts(piece.repeat(20_000)))}: ${piece}`);
});

// Counted and not timed: what the code does, and how many characters the built-in functions go over.
test('twice the text is twice the work', async () => {
  const texts = [
    ...pieces.map((piece) => (size) => piece.repeat(size).slice(0, size)),
    ...Array.from({ length: 60 }, (_, seed) => (size) => mixed(seed + 1, size)),
    (size) => `\`${'a'.repeat(size)}`, (size) => `${'*a '.repeat(size / 6)}${'a* '.repeat(size / 6)}`,
    (size) => '**a '.repeat(size / 4), (size) => `${'`\n'.repeat(size / 4)}${'a'.repeat(size / 2)}`,
    (size) => '`a` '.repeat(size / 4), (size) => `${'> '.repeat(size / 4)}${'- '.repeat(size / 4)}`,
    (size) => '- a\n  '.repeat(size / 6), (size) => `https://a.b/${')'.repeat(size)}`,
    (size) => '> > > > - *a*\n'.repeat(size / 14),
  ];
  for (const text of texts) {
    const [one, two] = [await growthOf(parts, text(4_096)), await growthOf(parts, text(16_384))];
    assert.ok(two <= 5 * one + 5_000, `${one} → ${two}: ${JSON.stringify(text(40))}`);
    assert.ok(two <= 60 * 16_384, `${two} steps: ${JSON.stringify(text(40))}`);
  }
});
