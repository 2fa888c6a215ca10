import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatRefusedError, ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { refusal, unreachable } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { scene, until, upTo } from './scene.mjs';

const room = 'room', other = 'other';
const bodies = (n) => upTo(n).map(String);
const quiet = (promise) => (promise.catch(() => {}), promise);

test('a send resolves with its receipt, and is pending until then', async (t) => {
  const { hub, chat } = await scene(t);
  const changes = [];
  chat.on('outbox', (change) => changes.push(change.type));
  const sent = chat.send(room, 'hello', { msgType: 1, attachmentUrl: 'http://x.test/a.png', attachmentMeta: { width: 3 } });
  assert.equal(chat.pending(room).length, 1);
  assert.equal(chat.pending(room)[0].state, 'pending');
  assert.equal(chat.pending(room)[0].id, sent.message.id);
  assert.equal(chat.pending(other).length, 0);
  const receipt = await sent;
  assert.equal(receipt.sequence, 1);
  assert.deepEqual(hub.calls.find((call) => call.method === 'Send').args, [room, 'hello', { msgType: 1, attachmentUrl: 'http://x.test/a.png', attachmentMeta: { width: 3 }, dedupeKey: sent.message.id }]);
  assert.deepEqual(changes, ['added', 'sent']);
  assert.deepEqual(chat.pending(), []);
});

test('messages keep the order of their calls over lost connections and lost answers, and each is stored once', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt) => (method === 'Send' && attempt % 5 === 0 ? 'lost' : method === 'Send' && attempt % 7 === 0 ? 'unanswered' : undefined);
  const sends = [];
  for (const body of bodies(100)) {
    sends.push(chat.send(room, body));
    if (body % 9 === 0) await settle();
    if (body % 20 === 0) hub.cut();
  }
  let done = false;
  const all = Promise.all(sends).then((receipts) => { done = true; return receipts; });
  for (let round = 0; round < 200 && !done; round++) {
    await clock.advance(1_000);
    if (!done) hub.cut();
  }
  const receipts = await all;
  assert.deepEqual([...new Set(hub.bodies(room))], hub.bodies(room), 'each once');
  assert.equal(hub.bodies(room).length, 100);
  assert.deepEqual(receipts.map((receipt) => hub.log(room)[receipt.sequence - 1].body), bodies(100));
});

test('a code that is not known refuses that message alone, and it is not sent again', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args) => (method === 'Send' && args[1] === '2' ? refusal('quota_exceeded_2', 'no room left') : undefined);
  const [first, second, third] = bodies(3).map((body) => quiet(chat.send(room, body)));
  await assert.rejects(second, (error) => error instanceof ChatRefusedError && error.code === 'quota_exceeded_2' && error.message === 'no room left');
  await Promise.all([first, third]);
  await clock.advance(120_000);
  assert.equal(hub.countOf('Send'), 3);
  assert.deepEqual(hub.bodies(room), ['1', '3']);
});

test('a lost answer: the same key again, one message', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt) => (method === 'Send' && attempt === 1 ? 'unanswered' : undefined);
  const sent = chat.send(room, 'once');
  await settle();
  hub.cut();
  await until(clock, () => hub.countOf('Send') === 2, 'sent again');
  const receipt = await sent;
  assert.equal(receipt.duplicate, true);
  assert.deepEqual(hub.bodies(room), ['once']);
});

test('what is written without a connection is sent in order when there is one', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(); });
  const sends = bodies(50).map((body) => chat.send(room, body));
  assert.deepEqual(chat.pending(room).map((message) => message.body), bodies(50));
  await clock.advance(20_000);
  hub.refuses = () => null;
  await until(clock, () => hub.bodies(room).length === 50, 'sent');
  await Promise.all(sends);
  assert.deepEqual(hub.bodies(room), bodies(50));
});

test('a refused message fails, those behind it go on, and it can be tried again', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args) => (method === 'Send' && args[1] === '2' ? refusal('forbidden', 'not here') : undefined);
  const changes = [];
  chat.on('outbox', (change) => changes.push(`${change.type} ${change.message.body}`));
  const [first, second, third] = bodies(3).map((body) => quiet(chat.send(room, body)));
  await assert.rejects(second, (error) => error instanceof ChatRefusedError && error.code === 'forbidden' && error.message === 'not here');
  await Promise.all([first, third]);
  assert.deepEqual(hub.bodies(room), ['1', '3']);
  const [failed] = chat.pending(room);
  assert.deepEqual([failed.state, failed.body, failed.error], ['failed', '2', { code: 'forbidden', message: 'not here' }]);
  hub.decides = () => undefined;
  assert.equal(chat.retry(failed.id), true);
  await until(clock, () => hub.bodies(room).length === 3, 'stored');
  assert.deepEqual(hub.bodies(room), ['1', '3', '2']);
  await settle();
  assert.deepEqual(chat.pending(), []);
  assert.deepEqual(changes.filter((change) => change.endsWith('2')), ['added 2', 'failed 2', 'retried 2', 'sent 2']);
  assert.equal(new Set(hub.calls.filter((call) => call.method === 'Send' && call.args[1] === '2').map((call) => call.args[2].dedupeKey)).size, 1);
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

test('a message that waits can be discarded', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(); });
  const sent = quiet(chat.send(room, 'never mind'));
  chat.send(room, 'this');
  assert.equal(chat.discard(sent.message.id), true);
  await assert.rejects(sent, ChatStoppedError);
  hub.refuses = () => null;
  await until(clock, () => hub.bodies(room).length === 1, 'sent');
  await clock.advance(5_000);
  assert.deepEqual(hub.bodies(room), ['this']);
});

test('what the server cannot do now is tried again, in its place, and other conversations do not wait', async (t) => {
  const { hub, clock, chat } = await scene(t, { sendWindow: 1 });
  hub.decides = (method, args, attempt) => (method === 'Send' && args[0] === room && attempt < 6 ? refusal(attempt % 2 ? 'internal_error' : 'rate_limited') : undefined);
  const sends = bodies(3).map((body) => chat.send(room, body));
  const elsewhere = await chat.send(other, 'meanwhile');
  assert.equal(elsewhere.sequence, 1);
  assert.deepEqual(hub.bodies(room), []);
  await until(clock, () => hub.bodies(room).length === 3, 'sent');
  await Promise.all(sends);
  assert.deepEqual(hub.bodies(room), bodies(3));
});

test('many are under way at once, but not too many', async (t) => {
  const { hub, chat } = await scene(t, { sendWindow: 8 });
  hub.decides = (method) => (method === 'Send' ? 'lost' : undefined);
  for (const body of bodies(100)) quiet(chat.send(room, body));
  await settle();
  assert.equal(hub.countOf('Send'), 8);
});

test('what no server would store is refused before it can cut a connection', async (t) => {
  const { hub, chat } = await scene(t);
  for (const [body, options] of [['x'.repeat(65_537)], [null, { attachmentUrl: 'x'.repeat(2_049) }], ['x', { attachmentMeta: 'x'.repeat(17_000) }], ['x', { attachmentMeta: 1n }]])
    await assert.rejects(chat.send(room, body, options), (error) => error instanceof ChatRefusedError && error.code === 'bad_request');
  assert.equal(hub.countOf('Send'), 0);
  assert.deepEqual(chat.pending(), []);
});
