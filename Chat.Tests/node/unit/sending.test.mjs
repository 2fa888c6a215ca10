import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeServer, refusal, settle, startClient } from './fakes.mjs';

const room = 'room';

test('messages are stored in the order of the calls, and each has its receipt', async () => {
  const { server, client } = await startClient();
  const sent = Array.from({ length: 100 }, (_, i) => client.send(room, `${i}`));
  const receipts = await Promise.all(sent);
  assert.deepEqual(receipts.map((receipt) => receipt.sequence), Array.from({ length: 100 }, (_, i) => i + 1));
  assert.deepEqual(server.bodies(room), Array.from({ length: 100 }, (_, i) => `${i}`));
  assert.deepEqual(client.pending(), []);
  await client.stop();
});

test('what is said before there is a connection is sent when there is one', async () => {
  const { server, client } = await startClient({ start: false });
  const sent = client.send(room, 'early');
  assert.deepEqual(client.pending(room).map((message) => [message.body, message.state]), [['early', 'pending']]);
  await client.start();
  assert.equal((await sent).sequence, 1);
  assert.equal(server.log(room)[0].dedupeKey, sent.message.id);
  await client.stop();
});

test('a lost receipt costs no second message, and keeps the order', async () => {
  const { server, client, clock } = await startClient();
  let calls = 0;
  const cuts = [5, 40, 41, 80, 120];
  server.script = (method, args, connection) => {
    if (method === 'Send' && cuts.includes(++calls)) connection.cut(); // this one and those under way are stored, and their answers are lost
  };
  const sent = Array.from({ length: 100 }, (_, i) => client.send(room, `${i}`));
  for (let i = 0; i < cuts.length; i++) await clock.advance(31_000);
  assert.deepEqual(server.bodies(room), Array.from({ length: 100 }, (_, i) => `${i}`));
  assert.ok((await Promise.all(sent)).some((receipt) => receipt.duplicate));
  assert.ok(server.connections.length > 3);
  await client.stop();
});

test('while the server cannot, the oldest is tried alone, later and later', async () => {
  const { server, client, clock } = await startClient();
  let tries = 0;
  server.script = (method) => { if (method === 'Send' && ++tries <= 6) throw refusal(tries % 2 ? 'internal_error' : 'rate_limited'); };
  const sent = [client.send(room, 'a'), client.send(room, 'b')];
  await settle();
  assert.equal(tries, 2); // both were under way
  clock.waits.length = 0;
  await clock.advance(400);
  assert.equal(tries, 3);
  await clock.advance(60_000);
  assert.deepEqual(clock.waits, [800, 1_600, 3_200, 6_400]);
  await Promise.all(sent);
  assert.deepEqual(server.bodies(room), ['a', 'b']);
  await client.stop();
});

test('a refused message fails alone, and can be tried again or given up', async () => {
  const { server, client } = await startClient();
  const changes = [];
  client.on('outbox', (change) => changes.push([change.type, change.message.body]));
  server.script = (method, args) => { if (method === 'Send' && args[1] === 'bad') throw refusal('bad_request', 'not that'); };
  const [bad, good] = [client.send(room, 'bad'), client.send(room, 'good')];
  await assert.rejects(bad, { name: 'ChatRefusedError', code: 'bad_request', message: 'not that' });
  await good;
  const [failed] = client.pending(room);
  assert.deepEqual([failed.state, failed.error], ['failed', { code: 'bad_request', message: 'not that' }]);
  server.script = () => undefined;
  assert.equal(client.retry(failed.id), true);
  await settle();
  assert.deepEqual(server.bodies(room), ['good', 'bad']);
  assert.equal(client.discard(failed.id), false);
  assert.deepEqual(changes, [['added', 'bad'], ['added', 'good'], ['failed', 'bad'], ['sent', 'good'], ['retried', 'bad'], ['sent', 'bad']]);
  await client.stop();
});

test('what is discarded is not sent', async () => {
  const server = new FakeServer();
  server.refuseStart = () => new Error('down');
  const { client, clock } = await startClient({ server });
  const sent = client.send(room, 'never');
  assert.equal(client.discard(sent.message.id), true);
  await assert.rejects(sent, { name: 'ChatStoppedError' });
  server.refuseStart = null;
  await clock.advance(60_000);
  assert.deepEqual(server.bodies(room), []);
  await client.stop();
});

test('a message that no server takes is refused at once', async () => {
  const { server, client } = await startClient();
  await assert.rejects(client.send(room, 'ä'.repeat(32 * 1024 + 1)), { code: 'bad_request' });
  await assert.rejects(client.send(room, null, { attachmentUrl: 'u'.repeat(2_049) }), { code: 'bad_request' });
  await assert.rejects(client.send(room, null, { attachmentMeta: 1n }), { code: 'bad_request' });
  assert.equal(server.calls.filter(([method]) => method === 'Send').length, 0);
  await client.stop();
});

/** A store that outlives its client, as a file or a database does. */
class SharedStore {
  constructor(kept) { this.kept = kept; }
  async open() { return [...this.kept.values()].sort((a, b) => a.number - b.number); }
  async put(message) { this.kept.set(message.id, message); }
  async delete(id) { this.kept.delete(id); }
  async adopt() { return []; }
  async close() {}
}

test('what one client left the next one sends, first and once', async () => {
  const kept = new Map();
  const server = new FakeServer();
  server.refuseStart = () => new Error('down');
  const first = await startClient({ server, client: { outbox: new SharedStore(kept) } });
  first.client.send(room, 'one');
  first.client.send(room, 'two');
  await settle();
  await first.client.stop();
  assert.equal(kept.size, 2);
  server.refuseStart = null;
  await first.clock.advance(1);
  const second = await startClient({ server, clock: first.clock, start: false, client: { outbox: new SharedStore(kept) } });
  second.client.send(room, 'three');
  await second.client.start();
  await settle();
  assert.deepEqual(server.bodies(room), ['one', 'two', 'three']);
  assert.equal(kept.size, 0);
  await second.client.stop();
});

test('a store that fails loses no message', async () => {
  const broken = { open: async () => { throw new Error('no'); }, put: async () => { throw new Error('full'); }, delete: async () => { throw new Error('no'); }, adopt: async () => { throw new Error('no'); }, close: async () => { throw new Error('no'); } };
  const { server, client } = await startClient({ client: { outbox: broken } });
  await client.send(room, 'kept');
  assert.deepEqual(server.bodies(room), ['kept']);
  await client.stop();
});

test('stopped and started again, the same client sends what waited', async () => {
  const { server, client, clock } = await startClient();
  server.refuseStart = () => new Error('down');
  server.live.cut();
  await settle();
  const sent = client.send(room, 'waits');
  await client.stop();
  await assert.rejects(sent, { name: 'ChatStoppedError' });
  server.refuseStart = null;
  await client.start();
  await clock.advance(1_000);
  assert.deepEqual(server.bodies(room), ['waits']);
  await client.stop();
});
