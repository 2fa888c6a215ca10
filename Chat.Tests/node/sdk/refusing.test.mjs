import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatRefusedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { refusal } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { quiet, scene, until, upTo } from './scene.mjs';
import { SharedStore } from './shared-store.mjs';

const room = 'room';
const bodies = (n) => upTo(n).map(String);

test('a code that is not known refuses that message alone, and it is not sent again', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args) =>
    method === 'Send' && args[1] === '2' ? refusal('quota_exceeded_2', 'no room left') : undefined;
  const [first, second, third] = bodies(3).map((body) => quiet(chat.send(room, body)));
  await assert.rejects(
    second,
    (error) =>
      error instanceof ChatRefusedError && error.code === 'quota_exceeded_2' && error.message === 'no room left',
  );
  await Promise.all([first, third]);
  await clock.advance(120_000);
  assert.equal(hub.countOf('Send'), 3);
  assert.deepEqual(hub.bodies(room), ['1', '3']);
});

test('a refused message fails, those behind it go on, and it can be tried again', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args) => (method === 'Send' && args[1] === '2' ? refusal('forbidden', 'not here') : undefined);
  const changes = [];
  chat.on('outbox', (change) => changes.push(`${change.type} ${change.message.body}`));
  const [first, second, third] = bodies(3).map((body) => quiet(chat.send(room, body)));
  await assert.rejects(
    second,
    (error) => error instanceof ChatRefusedError && error.code === 'forbidden' && error.message === 'not here',
  );
  await Promise.all([first, third]);
  assert.deepEqual(hub.bodies(room), ['1', '3']);
  const [failed] = chat.pending(room);
  assert.deepEqual(
    [failed.state, failed.body, failed.error],
    ['failed', '2', { code: 'forbidden', message: 'not here' }],
  );
  hub.decides = () => undefined;
  assert.equal(chat.retry(failed.id), true);
  await until(clock, () => hub.bodies(room).length === 3, 'stored');
  assert.deepEqual(hub.bodies(room), ['1', '3', '2']);
  await settle();
  assert.deepEqual(chat.pending(), []);
  const changesOf = (body) => changes.filter((change) => change.endsWith(body));
  assert.deepEqual(changesOf('1'), ['added 1', 'sent 1']);
  assert.deepEqual(changesOf('2'), ['added 2', 'failed 2', 'retried 2', 'sent 2']);
  assert.deepEqual(changesOf('3'), ['added 3', 'sent 3']);
  assert.equal(chat.discard(failed.id), false);
  assert.equal(
    new Set(
      hub.calls.filter((call) => call.method === 'Send' && call.args[1] === '2').map((call) => call.args[2].dedupeKey),
    ).size,
    1,
  );
});

test('a failed message can be discarded', async (t) => {
  const { hub, chat } = await scene(t);
  hub.decides = (method) => (method === 'Send' ? refusal('bad_request') : undefined);
  await assert.rejects(chat.send(room, 'no'), ChatRefusedError);
  const [failed] = chat.pending(room);
  assert.equal(chat.discard(failed.id), true);
  assert.deepEqual(chat.pending(), []);
  assert.equal(chat.discard(failed.id), false);
  assert.equal(chat.retry(failed.id), false);
});

test('what no server would store is refused before it can cut a connection', async (t) => {
  const { hub, chat } = await scene(t);
  for (const [body, options] of [
    ['x'.repeat(65_537)],
    ['ä'.repeat(32_769)],
    [null, { attachmentUrl: 'x'.repeat(2_049) }],
    ['x', { attachmentMeta: 'x'.repeat(17_000) }],
    ['x', { attachmentMeta: 1n }],
  ])
    await assert.rejects(
      chat.send(room, body, options),
      (error) => error instanceof ChatRefusedError && error.code === 'bad_request',
    );
  assert.equal(hub.countOf('Send'), 0);
  assert.deepEqual(chat.pending(), []);
});

test('what another version left and the server would not read fails alone, also when it is tried again', async (t) => {
  const left = ['x'.repeat(2_000_000), 'a\0', 'sound'].map((body, at) => ({
    id: `id${at}`, number: at + 1, conversationId: room, body, createdAt: 0, state: 'pending', error: null,
    options: { msgType: 0, attachmentUrl: null, attachmentMeta: null },
  }));
  const { hub, clock, chat } = await scene(t, { outbox: new SharedStore(new Map(left.map((one) => [one.id, one]))) });
  await until(clock, () => hub.bodies(room).length === 1, 'sent');
  assert.deepEqual(hub.bodies(room), ['sound']);
  assert.deepEqual(chat.pending().map(({ id, state, error }) => [id, state, error.code]),
    [['id0', 'failed', 'bad_request'], ['id1', 'failed', 'bad_request']]);
  chat.retry('id0');
  await settle();
  assert.equal(chat.pending().find(({ id }) => id === 'id0').state, 'failed');
  assert.deepEqual([hub.countOf('Send'), hub.connections.length], [1, 1]);
});

test('a call that is larger than servers read is refused at once, and not made again for ever', async (t) => {
  const { hub, chat } = await scene(t);
  const many = Array.from({ length: 100_000 }, (_, at) => `user number ${at}`);
  for (const call of [
    () => chat.addParticipants(room, many), () => chat.createConversation({ participantIds: many }),
    () => chat.createConversation({ participantIds: ['ann'], title: ' '.repeat(2_000_000) }),
    () => chat.addParticipants(room, ['€'.repeat(400_000)]),
  ])
    await assert.rejects(call, (error) => error instanceof ChatRefusedError && error.message.includes('1048576 bytes'));
  assert.deepEqual([hub.countOf('AddParticipants'), hub.connections.length], [0, 1]);
});
