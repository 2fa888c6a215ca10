import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { recent, setTone, tone, use } from '../../../Chat.Server/wwwroot/app/emoji/chosen.js';
import { emojiIn, found, toned, tones, untoned } from '../../../Chat.Server/wwwroot/app/emoji/emoji.js';
import { own } from '../../../Chat.Server/wwwroot/app/stored.js';

const app = new URL('../../../Chat.Server/wwwroot/app/', import.meta.url);
const languages = readdirSync(new URL('texts/', app)).filter((file) => file.endsWith('.js'))
  .map((file) => file.replace('.js', ''));
const all = Object.fromEntries(await Promise.all(languages.map(async (language) =>
  [language, emojiIn((await import(new URL(`emoji/${language}.js`, app))).names)])));
const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
const first = (language, typed, n = 1) => found(all[language], typed).slice(0, n).map(({ plain }) => plain);

test('every language has a name for every emoji, and one for each line', async () => {
  for (const language of languages) {
    const { names } = await import(new URL(`emoji/${language}.js`, app));
    assert.equal(names.split('\n').length, all[language].length, language);
    for (const { name, plain, search } of all[language]) assert.ok(name !== '' && search.length > 0, plain);
    assert.deepEqual(all[language].map(({ plain }) => plain), all.en.map(({ plain }) => plain));
  }
  assert.ok(all.en.length > 500);
});

test('each is one emoji of at most 64 bytes in every tone, and there once', () => {
  const seen = new Set();
  for (const { plain, hasTones } of all.en) {
    for (const emoji of hasTones ? tones.map((_, i) => toned(plain, i)) : [plain]) {
      assert.equal([...segments.segment(emoji)].length, 1, emoji);
      assert.ok(Buffer.byteLength(emoji) <= 64 && /\p{Extended_Pictographic}/u.test(emoji), emoji);
      assert.ok(!seen.has(emoji), emoji);
      seen.add(emoji);
      assert.equal(untoned(emoji).replace('\ufe0f', ''), plain.replace('\ufe0f', ''));
    }
  }
});

test('a tone takes the place of the style of the base', () => {
  assert.equal(toned('✌️', 1), '✌🏻');
  assert.equal(toned('🧑‍💻', 5), '🧑🏿‍💻');
  assert.equal(toned('🕵️', 0), '🕵️');
});

test('what is typed finds what begins with it, names first, in the language of the app', () => {
  assert.deepEqual(first('en', 'thumbs up'), ['👍']);
  assert.deepEqual(first('en', '+1'), ['👍']);
  assert.deepEqual(first('en', 'fire'), ['🔥']);
  assert.ok(first('en', 'lol', 9).includes('😂'));
  assert.deepEqual(first('de', 'daumen hoch'), ['👍']);
  assert.ok(first('de', 'kuss', 9).includes('💋'));
  assert.ok(first('de', 'FEUER', 3).includes('🔥'));
  assert.deepEqual(first('en', 'no such emoji'), []);
  assert.equal(found(all.en, '  ').length, all.en.length);
});

test('what was used is remembered for the user, the newest first, and not without end', () => {
  own.use('server one', null);
  for (const { plain } of all.en.slice(0, 60)) use(plain);
  use(all.en[59].plain);
  assert.equal(recent().length, 24);
  assert.deepEqual(recent().slice(0, 2), [all.en[59].plain, all.en[58].plain]);
  use('👍🏽');
  use('👍');
  assert.deepEqual(recent().filter((one) => untoned(one) === '👍'), ['👍']);
  setTone(3);
  assert.equal(tone(), 3);
  own.use('server two', null);
  assert.deepEqual([recent(), tone()], [[], 0]);
});
