import assert from 'node:assert/strict';
import test from 'node:test';
import { settle, startClient, refusal } from './fakes.mjs';

const room = 'room';

function follow(client, options = {}) {
  const seen = { sequences: [], batches: [], caughtUp: 0, joined: [], signals: [], end: undefined };
  seen.following = client.follow(room, {
    after: 0,
    onEntries: (entries) => { seen.batches.push(entries.length); seen.sequences.push(...entries.map((entry) => entry.sequence)); },
    onCaughtUp: () => seen.caughtUp++,
    onJoined: (info) => seen.joined.push(info),
    onSignal: (signal) => seen.signals.push(signal),
    onEnd: (error) => { seen.end = error; },
    ...options,
  });
  return seen;
}

const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

test('what was there comes first, then what comes, each once', async () => {
  const { server, client } = await startClient();
  for (let i = 0; i < 1_200; i++) server.append(room, `${i}`);
  const seen = follow(client);
  await settle();
  await settle();
  server.append(room, 'live');
  await settle();
  assert.deepEqual(seen.sequences, upTo(1_201));
  assert.deepEqual(seen.joined, [{ head: 1_200, behind: 1_200 }]);
  assert.equal(seen.caughtUp, 1);
  await client.stop();
});

test('without after only what comes', async () => {
  const { server, client } = await startClient();
  server.append(room, 'old');
  const seen = follow(client, { after: null });
  await settle();
  server.append(room, 'new');
  await settle();
  assert.deepEqual(seen.sequences, [2]);
  await client.stop();
});

test('repeats, holes and disorder never reach a reader', async () => {
  const { server, client } = await startClient();
  const seen = follow(client);
  await settle();
  const entries = upTo(6).map((i) => server.append(room, `${i}`, false));
  for (const at of [0, 0, 2, 1, 0, 5, 3, 5]) server.live.push('MessageReceived', entries[at]);
  await settle();
  assert.deepEqual(seen.sequences, upTo(6));
  await client.stop();
});

test('what history does not have yet is asked for again', async () => {
  const { server, client, clock } = await startClient();
  const seen = follow(client);
  await settle();
  server.live.push('MessageReceived', { conversationId: room, sequence: 3, body: 'ahead' });
  await settle();
  assert.deepEqual(seen.sequences, []);
  for (let i = 0; i < 3; i++) server.append(room, `${i}`, false);
  await clock.advance(10_000);
  assert.deepEqual(seen.sequences, [1, 2, 3]);
  await client.stop();
});

test('entries of one frame are one batch', async () => {
  const { server, client } = await startClient();
  const seen = follow(client);
  await settle();
  for (let i = 0; i < 100; i++) server.append(room, `${i}`);
  await settle();
  assert.deepEqual(seen.batches, [100]);
  await client.stop();
});

test('a lost connection leaves no hole and repeats nothing', async () => {
  const { server, client, clock } = await startClient();
  const seen = follow(client);
  await settle();
  for (let cut = 0; cut < 10; cut++) {
    server.append(room, 'shown');
    server.live.cut();
    server.append(room, 'missed');
    await settle();
    await clock.advance(60_000);
  }
  assert.deepEqual(seen.sequences, upTo(20));
  assert.equal(seen.joined.length, 11);
  assert.equal(seen.caughtUp, 11);
  await client.stop();
});

test('the iterator reads across reconnects and ends when it is aborted', async () => {
  const { server, client, clock } = await startClient();
  const abort = new AbortController();
  const seen = [];
  const reading = (async () => {
    for await (const entry of client.read(room, { after: 0, signal: abort.signal })) seen.push(entry.sequence);
  })();
  await settle();
  server.append(room, 'one');
  await settle();
  server.live.cut();
  server.append(room, 'two');
  await settle();
  await clock.advance(60_000);
  assert.deepEqual(seen, [1, 2]);
  abort.abort(new Error('enough'));
  await assert.rejects(reading, /enough/);
  await client.stop();
});

test('being removed ends it, after the last entry', async () => {
  const { server, client } = await startClient();
  const seen = follow(client);
  await settle();
  server.append(room, 'removed');
  server.live.push('ConversationClosed', room);
  await settle();
  assert.deepEqual(seen.sequences, [1]);
  assert.equal(seen.end, null);
  await client.stop();
});

test('a refused conversation ends with the refusal', async () => {
  const { server, client } = await startClient();
  server.script = (method) => { if (method === 'Join') throw refusal('forbidden'); };
  const seen = follow(client);
  await settle();
  assert.equal(seen.end.code, 'forbidden');
  await client.stop();
});

test('a cursor beyond the end is refused', async () => {
  const { client } = await startClient();
  const seen = follow(client, { after: 7 });
  await settle();
  assert.equal(seen.end.code, 'bad_request');
  await client.stop();
});

test('a closed follower is told nothing more, and the conversation is left', async () => {
  const { server, client, clock } = await startClient();
  const seen = follow(client);
  await settle();
  seen.following.close();
  server.append(room, 'late');
  await clock.advance(5_000);
  assert.deepEqual(seen.sequences, []);
  assert.ok(server.calls.some(([method]) => method === 'Leave'));
  await client.stop();
});

test('two followers are one join', async () => {
  const { server, client } = await startClient();
  const [one, two] = [follow(client), follow(client)];
  await settle();
  server.append(room, 'both');
  await settle();
  assert.deepEqual([one.sequences, two.sequences], [[1], [1]]);
  assert.equal(server.calls.filter(([method]) => method === 'Join').length, 1);
  await client.stop();
});

test('signals go to those who follow the conversation', async () => {
  const { server, client } = await startClient();
  const seen = follow(client);
  await settle();
  server.live.push('TypingChanged', { conversationId: room, userId: 'bob', isTyping: true });
  server.live.push('TypingChanged', { conversationId: 'other', userId: 'bob', isTyping: true });
  assert.deepEqual(seen.signals.map((signal) => signal.type), ['typing']);
  await client.stop();
});

test('read marks that come together are sent as the furthest', async () => {
  const { server, client } = await startClient();
  await Promise.all([client.markRead(room, 1), client.markRead(room, 5), client.markRead(room, 3)]);
  assert.deepEqual(server.calls.filter(([method]) => method === 'MarkRead').map(([, , sequence]) => sequence), [1, 5]);
  await client.stop();
});

test('a reader that is behind ends with the client, too', async () => {
  const { server, client } = await startClient();
  for (let i = 0; i < 1_200; i++) server.append(room, `${i}`);
  const reading = client.read(room, { after: 0 });
  assert.equal((await reading.next()).value.sequence, 1);
  await client.stop();
  await assert.rejects((async () => { for await (const entry of reading) assert.ok(entry); })(), { name: 'ChatStoppedError' });
});
