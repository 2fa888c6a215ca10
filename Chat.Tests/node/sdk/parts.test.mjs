import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../../../Chat.Server/wwwroot/sdk/core/backoff.js';
import { explainCall, explainConnect } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';

// Parts of the client that need neither a hub nor time.

test('waits double to a bound, and any part of them is possible', () => {
  const bounds = new Backoff({ firstDelay: 1_000, maxDelay: 5_000 }, () => 1);
  assert.deepEqual(Array.from({ length: 5 }, () => bounds.next()), [1_000, 2_000, 4_000, 5_000, 5_000]);
  assert.equal(new Backoff(undefined, () => 0).next(), 0);
});

test('a connection that did not last does not begin the waits anew', () => {
  const backoff = new Backoff({ firstDelay: 1_000, maxDelay: 60_000 }, () => 1);
  backoff.next();
  assert.equal(backoff.lasted(1_999), false);
  assert.equal(backoff.next(), 2_000);
  assert.equal(backoff.lasted(5_000), true);
  assert.equal(backoff.next(), 1_000);
});

test('errors are told apart', () => {
  assert.equal(
    explainCall(
      new Error(
        "An unexpected error occurred invoking 'Join' on the server. HubException: forbidden: no such conversation",
      ),
    ).code,
    'forbidden',
  );
  assert.equal(explainCall(new Error('bad_request: body: too long')).message, 'body: too long');
  assert.equal(explainCall(new Error("Failed to invoke 'X' due to an error on the server.")).code, 'internal_error');
  assert.equal(
    explainCall(new Error('Invocation canceled due to the underlying connection being closed.')).name,
    'ChatDisconnectedError',
  );
  assert.equal(explainConnect(new Error("x: Status code '503'")).status, 503);
  assert.equal(explainConnect(new Error('x')).status, null);
});
