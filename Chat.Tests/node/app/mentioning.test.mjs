import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, completed, meant } from '../../../Chat.Server/wwwroot/app/mentioning.js';
import { named } from '../../../Chat.Server/wwwroot/app/people.js';

test('a name is begun by an @ that begins a word', () => {
  const cases = { '@': '', 'hi @be': 'be', '(@be': 'be', '@Ольга': 'Ольга', '@ann.b-c_d': 'ann.b-c_d', 'a\n@x': 'x' };
  for (const [text, query] of Object.entries(cases)) {
    const found = begun(text, text.length);
    assert.deepEqual([found?.query, text[found?.at]], [query, '@'], text);
  }
  for (const text of ['', 'a@b', '@be ', 'mail@example.org', `@${'x'.repeat(100)}`])
    assert.equal(begun(text, text.length), null, text);
  assert.deepEqual(begun('@be and more', 3), { query: 'be', at: 0 });
});

test('who begins so comes first, then who has a word that does; oneself never', () => {
  const people = ['ben', 'Ann Becker', 'bea', 'zoe', 'me', 'BEN2'];
  assert.deepEqual(meant(people, 'be', 'me'), ['bea', 'ben', 'BEN2', 'Ann Becker']);
  assert.deepEqual(meant(people, 'm', 'me'), []);
  assert.equal(meant(Array.from({ length: 50 }, (_, i) => `user${i}`), '', 'me').length, 8);
});

test('a name takes the place of what was begun, with one space behind it', () => {
  assert.deepEqual(completed('hi @be', 3, 6, 'bea'), { text: 'hi @bea ', caret: 8 });
  assert.deepEqual(completed('hi @be there', 3, 6, 'bea'), { text: 'hi @bea there', caret: 8 });
});

test('whom a text names is found in it, the whole name and nothing else', () => {
  const people = ['ben', 'benno', 'Ann Becker', 'x'];
  assert.deepEqual(named('hi @ben, and @Ann Becker!', people), ['ben', 'Ann Becker']);
  assert.deepEqual(named('hi ben', people), []);
  assert.deepEqual(named('mail@x.org', people), []);
  assert.deepEqual(named('@BEN', people), ['ben']);
});
