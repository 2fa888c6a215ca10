import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkMessage } from '../../../Chat.Server/wwwroot/sdk/core/message-check.js';

// Written by Chat.Contracts' own rules (MessageCasesTests): texts are runs of a part, as often as it says.
const cases = JSON.parse(readFileSync(new URL('message-cases.json', import.meta.url), 'utf8'));

const unescaped = (text) => text.replace(/%u([0-9A-F]{4})/g, (_, unit) => String.fromCharCode(parseInt(unit, 16)));
const whole = (runs) => runs.map(([part, times]) => unescaped(part).repeat(times)).join('');

test('messages are counted and refused as the server does, with the same words', () => {
  assert.ok(cases.length >= 500);
  for (const [at, { body, url, meta, type, refusal }] of cases.entries()) {
    const options = {
      msgType: type, attachmentUrl: whole(url),
      attachmentMeta: meta.length === 0 ? null : JSON.parse(whole(meta)),
    };
    const found = checkMessage(whole(body), options);
    assert.equal(found?.message ?? null, refusal, `case ${at}: ${JSON.stringify(cases[at]).slice(0, 300)}`);
    if (found !== null) assert.equal(found.code, 'bad_request');
  }
});

test('what JSON cannot be is refused, however it is made', () => {
  const refusal = 'attachmentMeta must be JSON, or a string that holds JSON, nested at most 32 levels';
  const circle = {};
  circle.self = circle;
  const deep = { json: '['.repeat(100_000) };
  let nested = null;
  for (let i = 0; i < 100_000; i++) nested = [nested];
  for (const meta of [circle, 1n, nested, '['.repeat(40) + ']'.repeat(40), { toJSON() { throw new Error('no'); } }])
    assert.equal(checkMessage('x', { attachmentMeta: meta })?.message, refusal);
  for (const meta of [undefined, new Date(0).getTime(), [new Date(0)], { toJSON: () => '[]' }])
    assert.equal(checkMessage('x', { attachmentMeta: meta }), null);
  assert.match(checkMessage('x', { attachmentMeta: deep })?.message ?? '', /at most 16384 bytes in UTF-8/);
});

test('a text of any kind is looked at in one go', () => {
  const started = performance.now();
  for (const part of [' ', '\u0085', '\u0085 ', '\ud800', 'e\u0301'])
    checkMessage(`x${part.repeat(500_000)}x`, { attachmentUrl: part.repeat(500_000) });
  assert.ok(performance.now() - started < 30_000); // quadratic, it would take an hour
});
