import assert from 'node:assert/strict';
import test from 'node:test';
import { Backoff } from '../../../Chat.Server/wwwroot/sdk/core/backoff.js';
import { explainCall, explainConnect } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { FakeServer, settle, startClient } from './fakes.mjs';

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

test('the first connection is tried until there is one, and says so', async () => {
  const server = new FakeServer();
  server.refuseStart = () => new Error('down');
  const { client, clock, states } = await startClient({ server });
  assert.equal(client.status.state, 'waiting');
  assert.equal(client.status.nextAttemptAt, clock.now() + 1_000);
  assert.match(client.status.reason.message, /down/);
  await clock.advance(1_000);
  server.refuseStart = null;
  await clock.advance(2_000);
  assert.equal(client.status.state, 'connected');
  assert.equal(client.status.reason, null);
  assert.deepEqual(states, ['connecting', 'waiting', 'reconnecting', 'waiting', 'reconnecting', 'connected']);
  await client.stop();
  assert.equal(client.status.state, 'stopped');
});

test('a lost connection is opened again, and a nudge saves the wait', async () => {
  const { server, client } = await startClient();
  server.live.cut();
  await settle();
  assert.equal(client.status.state, 'waiting');
  client.reconnectNow();
  await settle();
  assert.equal(client.status.state, 'connected');
  assert.equal(server.connections.length, 2);
  await client.stop();
});

test('who is asked to go has the next connection before the last one ends', async () => {
  const { server, client, clock, states } = await startClient();
  await clock.advance(10_000);
  const first = server.live;
  first.push('ReconnectRequested', { withinMilliseconds: 1_000 });
  await settle();
  assert.equal(server.connections.length, 2);
  assert.equal(first.state, 'closed');
  assert.equal(client.status.state, 'connected');
  assert.deepEqual(states, ['connecting', 'connected']);
  await client.stop();
});

test('a drained connection serves until another can be made', async () => {
  const { server, client, clock } = await startClient();
  await clock.advance(10_000);
  server.refuseStart = () => new Error("Failed to complete negotiation with the server: Error: Service Unavailable: Status code '503'");
  server.live.push('ReconnectRequested', { withinMilliseconds: 1_000 });
  await settle();
  assert.equal(client.status.state, 'connected');
  await client.conversations();
  server.refuseStart = null;
  await clock.advance(60_000);
  assert.equal(client.status.state, 'connected');
  assert.equal(server.connections[0].state, 'closed');
  await client.stop();
});

test('a server that does not want the client is not asked again', async () => {
  const server = new FakeServer();
  server.refuseStart = () => new Error("Failed to complete negotiation with the server: Error: Bad Request: Status code '400'");
  const { client } = await startClient({ server });
  assert.equal(client.status.state, 'failed');
  assert.equal(client.status.reason.status, 400);
  await assert.rejects(client.conversations(), { name: 'ChatConnectError' });
  server.refuseStart = null;
  await client.start();
  await settle();
  assert.equal(client.status.state, 'connected');
  await client.stop();
});

test('with a token provider 401 is tried twice at once, then with the usual waits', async () => {
  const server = new FakeServer();
  server.refuseStart = () => new Error("Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'");
  const { client } = await startClient({ server, client: { accessToken: () => 'old' } });
  assert.equal(server.connections.length, 3);
  assert.equal(client.status.state, 'waiting');
  await client.stop();
});

test('an attempt that hangs is given up', async () => {
  const server = new FakeServer();
  const { client, clock } = await startClient({ server, start: false });
  const never = new Promise(() => {});
  server.refuseStart = (connection) => { connection.start = () => never; return null; };
  const hanging = server.signalR;
  const build = hanging.HubConnectionBuilder.prototype.build;
  hanging.HubConnectionBuilder.prototype.build = function () { const connection = build.call(this); connection.start = () => never; return connection; };
  const { ChatClient } = await import('../../../Chat.Server/wwwroot/sdk/core/client.js');
  const slow = new ChatClient({ url: 'http://chat.test', signalR: hanging, clock, connectTimeout: 100 });
  await slow.start();
  await clock.advance(100);
  assert.match(slow.status.reason.message, /within 100 ms/);
  await slow.stop();
  await client.stop();
});

test('a reading call survives a lost connection, a group is not made twice', async () => {
  const { server, client, clock } = await startClient();
  server.script = (method, args, connection) => {
    if (server.connections.length > 1) return undefined;
    connection.cut();
    return undefined;
  };
  const listing = client.conversations();
  await settle();
  await clock.advance(60_000);
  await listing;
  server.script = (method, args, connection) => { connection.cut(); };
  await assert.rejects(client.createConversation({ participantIds: ['bob'] }), { name: 'ChatDisconnectedError' });
  await client.stop();
});

test('errors are told apart', () => {
  assert.equal(explainCall(new Error("An unexpected error occurred invoking 'Join' on the server. HubException: forbidden: no such conversation")).code, 'forbidden');
  assert.equal(explainCall(new Error('bad_request: body: too long')).message, 'body: too long');
  assert.equal(explainCall(new Error("Failed to invoke 'X' due to an error on the server.")).code, 'internal_error');
  assert.equal(explainCall(new Error('Invocation canceled due to the underlying connection being closed.')).name, 'ChatDisconnectedError');
  assert.equal(explainConnect(new Error("x: Status code '503'")).status, 503);
  assert.equal(explainConnect(new Error('x')).status, null);
});

test('the address keeps a path before the hub', async () => {
  const { server, client } = await startClient({ client: { url: 'http://chat.test/under', userId: 'a b&c' } });
  assert.equal(server.live.url, 'http://chat.test/under/hubs/chat?user_id=a+b%26c');
  await client.stop();
});

test('typing is said every three seconds at most', async () => {
  const { server, client, clock } = await startClient();
  for (let i = 0; i < 7; i++) {
    client.typing('room');
    await clock.advance(1_000);
  }
  client.typing('room', false);
  client.typing('room', false);
  assert.deepEqual(server.calls.filter(([method]) => method === 'Typing').map(([, , isTyping]) => isTyping), [true, true, true, false]);
  await client.stop();
});
