import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionWords, signInWords } from '../../../Chat.Server/wwwroot/app/words.js';
import { ChatConnectError, ChatDisconnectedError, ChatOtherUserError, ChatSignedOutError } from
  '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { SignInProblem } from '../../../Chat.Server/wwwroot/app/signin/problem.js';

// What people read when the server has ended their connection (CH-168).

const closed = (code) => new Error(`Server returned an error on close: ${code}`);
const failed = (reason) => connectionWords({ kind: 'failed', missed: 0, waiting: 0, reason, network: true }).text;

for (const [code, words] of Object.entries({
  banned: /banned from this server/, tenant_suspended: /workspace is suspended/, identity_mismatch: /of another user/,
})) {
  test(`${code} is said in words`, () => {
    assert.match(failed(new ChatConnectError('The server ended the connection.', null, closed(code))), words);
    const answer = new Error(`Failed: Error: {"error":"${code}: no"}: Status code '403'`);
    assert.match(failed(new ChatConnectError('No connection', 403, answer)), words);
  });
}

test('so is a token of another user, and what nobody has words for is quoted', () => {
  assert.match(failed(new ChatOtherUserError('The token is of another user.')), /of another user/);
  assert.match(failed(new ChatConnectError('bad_request: too many', 400)), /refuses the connection: too many/);
});

test('who is signed out from afar is told so, however the client came to know', () => {
  const ended = new ChatDisconnectedError('lost', { cause: closed('token_revoked') });
  for (const cause of [ended, new ChatConnectError('no', 401, new Error('{"error":"token_revoked: no"}'))]) {
    const reason = new ChatSignedOutError('There is no token.', { cause });
    assert.equal(signInWords.over(reason, true), 'The operator of this server has ended your sign-in.');
  }
  assert.match(signInWords.over(new ChatSignedOutError('no'), true), /Sign in again/);
  assert.match(signInWords.over(new ChatSignedOutError('no'), false), /Enter a new token/);
});

test('while the provider is away it is named, and not the server', () => {
  const reason = new ChatConnectError('No connection', null, new SignInProblem('unreachable'));
  const { text } = connectionWords({ kind: 'offline', missed: 0, waiting: 0, reason, network: true, kept: true });
  assert.match(text, /the sign-in service does not answer/);
});
