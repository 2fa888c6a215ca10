import assert from 'node:assert/strict';
import { test } from 'node:test';

// What this browser keeps belongs to a server, a tenant and a user (CH-168).

/** `localStorage` in memory: what it keeps are its own keys, as in a browser. */
class Storage {
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }
  setItem(key, value) { this[key] = String(value); }
  removeItem(key) { delete this[key]; }
}

Object.assign(globalThis, { localStorage: new Storage(), sessionStorage: new Storage(), addEventListener: () => {} });
const { draft, lastOpen, own, people } = await import('../../../Chat.Server/wwwroot/app/stored.js');
const room = '00000000-0000-0000-0000-000000000001', other = '00000000-0000-0000-0000-000000000002';

function anew(kept = {}) {
  for (const storage of [localStorage, sessionStorage])
    for (const key of Object.keys(storage)) storage.removeItem(key);
  for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
}

test('drafts, what was open and who takes part are each user\u2019s own, of each tenant and server', () => {
  anew();
  const owners = ['/ ann', '/ ben', '/#acme ann', '/chat/ ann'];
  for (const owner of owners) {
    own.use(owner, null);
    assert.equal(draft.get(room), '');
    assert.equal(lastOpen.get(), null);
    assert.equal(people.get(room), null);
    draft.set(room, `by ${owner}`);
    lastOpen.set(owner);
    people.set(room, [owner], 1);
  }
  for (const owner of owners) {
    own.use(owner, null);
    assert.equal(draft.get(room), `by ${owner}`);
    assert.equal(lastOpen.get(), owner);
    assert.deepEqual(people.get(room).names, [owner]);
  }
});

test('what a version before kept is taken over once, by the user whose it was', () => {
  anew({
    [`chat.draft.ann.${room}`]: 'Ann\u2019s', [`chat.draft.ann.b.${room}`]: 'of ann.b', 'chat.open.ann': other,
    [`chat.people.${room}`]: '{"names":["x"],"at":1}', 'chat.notify': 'on',
  });
  sessionStorage.setItem(`chat.draft.ann.${other}`, 'of this tab');
  own.use('/ ben', 'ben');
  assert.equal(draft.get(room), '');
  own.use('/ ann', 'ann');
  assert.equal(draft.get(room), 'Ann\u2019s');
  assert.equal(draft.get(other), 'of this tab');
  assert.equal(lastOpen.get(), other);
  own.use('/chat/ ann', 'ann');
  assert.equal(draft.get(room), '');
  own.use('/ ann.b', 'ann.b');
  assert.equal(draft.get(room), 'of ann.b');
  assert.deepEqual(Object.keys(localStorage).filter((key) => !key.startsWith('chat.own ')), ['chat.notify']);
});

test('signing out leaves nothing of the user, and everything of others', () => {
  anew();
  for (const owner of ['/ ann', '/ anna', '/ ben']) {
    own.use(owner, null);
    draft.set(room, owner);
    people.set(room, [owner], 1);
  }
  own.use('/ ann', null);
  own.clear();
  assert.equal(draft.get(room), '');
  assert.ok(!JSON.stringify([localStorage, sessionStorage]).includes('/ ann\\n'));
  for (const owner of ['/ anna', '/ ben']) {
    own.use(owner, null);
    assert.equal(draft.get(room), owner);
  }
});
