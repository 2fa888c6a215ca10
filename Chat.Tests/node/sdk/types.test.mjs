import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rights } from '../../../Chat.Server/wwwroot/sdk/core/rights.js';

const types = readFileSync(new URL('../../../Chat.Server/wwwroot/sdk/chat-client.d.ts', import.meta.url), 'utf8');

test('the types name every act that there are rights for', () => {
  const acts = /export type ConversationAct =([^;]*);/.exec(types)[1].match(/\w+/g);
  assert.deepEqual(acts, Object.keys(rights));
});
