import assert from 'node:assert/strict';
import { test } from 'node:test';

// The stock client looks for a browser.
Object.assign(globalThis, { self: globalThis, window: globalThis });
const { Roles } = await import('../../../Chat.Server/wwwroot/app/views/roles.js');

test('what is refused is said, and the next act is possible', async () => {
  const said = [];
  const roles = new Roles();
  roles.props = {
    chat: {
      self: 'ann', attention: { say: text => said.push(text) },
      client: { setRole: () => Promise.reject(new Error('not yours')) },
    },
    conversation: { id: 'room' },
  };
  const busy = [];
  roles.setState = ({ busy: is }) => busy.push(is);

  await roles.act('ben', 'moderator');

  assert.equal(said.length, 1);
  assert.deepEqual(busy, [true, false]);
});
