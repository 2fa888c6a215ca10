import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const app = new URL('../../../Chat.Server/wwwroot/app/', import.meta.url);
const files = readdirSync(new URL('texts/', app)).filter((file) => file.endsWith('.js'));
const load = async (file) => [file, await import(new URL(`texts/${file}`, app))];
const all = Object.fromEntries(await Promise.all(files.map(load)));

// The texts of the parts that come later.
const later = Object.fromEntries(await Promise.all(files.map(async (file) =>
  [file.slice(0, -3), (await import(new URL(`texts/later/${file}`, app))).words])));
const { texts: moderation } = await import(new URL('views/moderation-words.js', app));
const { texts: reactions } = await import(new URL('views/reaction-words.js', app));

// Names and kinds of what a language says: a text, a function of so many things, a list of so many.
function shapeOf(texts, path = '') {
  if (typeof texts === 'function') return [`${path}(${texts.length})`];
  if (typeof texts === 'string') return [path];
  return Object.entries(texts).flatMap(([key, value]) => shapeOf(value, `${path}.${key}`));
}

const textsOf = (texts) => (typeof texts === 'string' ? [texts] : typeof texts === 'function' ? []
  : Object.values(texts).flatMap(textsOf));

test('every language says the same things', () => {
  assert.ok(files.length >= 2);
  for (const file of files) assert.deepEqual(shapeOf(all[file]), shapeOf(all['en.js']), file);
  for (const file of files) for (const text of textsOf(all[file])) assert.notEqual(text, '', file);
});

test('so do the parts whose texts come later', () => {
  for (const [part, all] of Object.entries({ later, moderation, reactions })) {
    assert.deepEqual(Object.keys(all).map((language) => `${language}.js`).sort(), [...files].sort(), part);
    for (const [language, texts] of Object.entries(all)) {
      assert.deepEqual(shapeOf(texts), shapeOf(all.en), `${part} ${language}`);
      for (const text of textsOf(texts)) assert.notEqual(text, '', `${part} ${language}`);
    }
  }
});

// What comes with the page itself: a file, and all that it imports by name.
function loadedAtFirst(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const source = readFileSync(new URL(file, app), 'utf8');
  for (const [, path] of source.matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)';/gms)) {
    const url = new URL(path, new URL(file, app)).href;
    if (url.startsWith(app.href)) loadedAtFirst(url.slice(app.href.length), found);
  }
  return found;
}

test('what comes at first needs no text of the later parts', () => {
  const isOurs = (file) => /^(views\/)?[\w-]+\.js$/.test(file);
  const ours = [...loadedAtFirst('main.js')].filter(isOurs);
  assert.ok(ours.length > 30 && !ours.includes('views/dialogs.js'), `${ours}`);
  const known = new Set(Object.keys(all['en.js'].words));
  for (const key of Object.keys(later.en)) assert.equal(known.has(key), false, `${key} is there twice`);
  for (const file of ours) for (const key of saidIn(file)) assert.ok(known.has(key), `${file}: words.${key}`);
  // And what comes later, no text that there is nowhere.
  for (const key of Object.keys(later.en)) known.add(key);
  const others = ['', 'views/'].flatMap((folder) => readdirSync(new URL(`./${folder}`, app))
    .filter((file) => file.endsWith('.js')).map((file) => folder + file));
  for (const file of others) for (const key of saidIn(file)) assert.ok(known.has(key), `${file}: words.${key}`);
});

// Which texts a file says; not where `words` is something else there.
function saidIn(file) {
  const source = readFileSync(new URL(file, app), 'utf8').replace(/^import .*$/gm, '');
  if (/words = moderationWords|render\(\{ kind, words/.test(source)) return [];
  return [...source.matchAll(/(?<![\w.])words\.(\w+)/g)].map(([, key]) => key);
}

test('what is said of one and of several is right in every language', () => {
  const { words: de } = all['de.js'], { words: en } = all['en.js'];
  assert.deepEqual([0, 1, 2].map((n) => en.several(['Ann', 'Bob', 'Cem'].slice(0, n + 1), 0)),
    ['Ann', 'Ann and Bob', 'Ann, Bob and Cem']);
  assert.equal(en.several(['Ann', 'Bob'], 1_234), 'Ann, Bob and 1,234 more');
  assert.equal(de.several(['Ann', 'Bob'], 1_234), 'Ann, Bob und 1.234 weitere');
  assert.equal(de.peopleCount(1), '1 Person');
  assert.equal(de.peopleCount(2_000), '2.000 Personen');
  assert.equal(all['de.js'].connectionTexts.waiting(1),
    '1 Nachricht wird gesendet, sobald die Verbindung wieder da ist.');
});

test('German speaks to people with du', () => {
  for (const file of ['texts/de.js', 'texts/later/de.js']) assert.doesNotMatch(readFileSync(new URL(file, app), 'utf8'),
    /\b(Ihnen|Ihr[e]?[nmrs]?) (?!schreibt)|(?<![.:!?'] )\bSie\b/);
});

// A letter between the tags of a template, or in an attribute that is read out or seen, is a text out of place.
const seen = /\b(?:title|alt|placeholder|aria-label|aria-description|label)="([^"$]*\p{L}[^"]*)"/gu;

function literalsIn(source) {
  const found = [];
  for (const template of templatesOf(source)) {
    for (const [, text] of template.matchAll(seen)) found.push(text);
    const between = template.replace(/<[^>]*>/gs, '\n').trim();
    if (/\p{L}/u.test(between)) found.push(between.replace(/\s+/g, ' '));
  }
  return found;
}

// The templates of a source without what is in ${}: those within it are templates of their own.
function templatesOf(source) {
  const found = [], open = [];
  for (let at = 0; at < source.length; at++) {
    const top = open.at(-1);
    if (top?.kind === 'template') {
      if (source[at] === '`') {
        open.pop();
        if (top.isHtml) found.push(top.text);
      } else if (source.startsWith('${', at)) {
        open.push({ kind: 'code', depth: 0 });
        at++;
      } else top.text += source[at];
    } else if (source[at] === '`')
      open.push({ kind: 'template', isHtml: source.slice(at - 4, at) === 'html', text: '' });
    else if (source[at] === '{' && top) top.depth++;
    else if (source[at] === '}' && top && top.depth-- === 0) open.pop();
    else if (source.startsWith('//', at) && source[at - 1] !== ':') at = source.indexOf('\n', at);
    else if (source[at] === "'") at = source.indexOf("'", at + 1);
  }
  return found;
}

test('no view has a text of its own', () => {
  const views = readdirSync(new URL('views/', app));
  assert.ok(views.length > 10);
  for (const view of views)
    assert.deepEqual(literalsIn(readFileSync(new URL(`views/${view}`, app), 'utf8')), [], view);
});

test('a text out of place is found', () => {
  const source = 'html`<p class="b">${words.c}<b>Hello</b></p><i title="There">${d ? html`<u>you</u>` : 1}</i>`;';
  assert.deepEqual(literalsIn(source).sort(), ['Hello', 'There', 'you']);
});
