import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatRefusedError, ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { FakeHub, refusal, unreachable } from './fake-hub.mjs';
import { ManualClock, settle } from './manual-clock.mjs';
import { newClient, scene, until, upTo } from './scene.mjs';

const room = 'room', other = 'other';
const bodies = (n) => upTo(n).map(String);
const quiet = (promise) => (promise.catch(() => {}), promise);

test('a send resolves with its receipt, and is pending until then', async (t) => {
  const { hub, chat } = await scene(t);
  const changes = [];
  chat.on('outbox', (change) => changes.push(change.type));
  const sent = chat.send(room, 'hello', {
    msgType: 1,
    attachmentUrl: 'http://x.test/a.png',
    attachmentMeta: { width: 3 },
  });
  assert.equal(chat.pending(room).length, 1);
  assert.equal(chat.pending(room)[0].state, 'pending');
  assert.equal(chat.pending(room)[0].id, sent.message.id);
  assert.equal(chat.pending(other).length, 0);
  const receipt = await sent;
  assert.equal(receipt.sequence, 1);
  assert.deepEqual(hub.calls.find((call) => call.method === 'Send').args, [
    room,
    'hello',
    { msgType: 1, attachmentUrl: 'http://x.test/a.png', attachmentMeta: { width: 3 }, dedupeKey: sent.message.id },
  ]);
  assert.deepEqual(changes, ['added', 'sent']);
  assert.deepEqual(chat.pending(), []);
});

test('messages keep the order of their calls over lost connections and answers, each stored once', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt) =>
    method === 'Send' && attempt % 5 === 0 ? 'lost' : method === 'Send' && attempt % 7 === 0 ? 'unanswered' : undefined;
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
  hub.decides = (method, args, attempt) =>
    method === 'Send' && args[0] === room && attempt < 6
      ? refusal(attempt % 2 ? 'internal_error' : 'rate_limited')
      : undefined;
  const sends = bodies(3).map((body) => chat.send(room, body));
  const elsewhere = await chat.send(other, 'meanwhile');
  assert.equal(elsewhere.sequence, 1);
  assert.deepEqual(hub.bodies(room), []);
  await until(clock, () => hub.bodies(room).length === 3, 'sent');
  await Promise.all(sends);
  assert.deepEqual(hub.bodies(room), bodies(3));
});

// CH-122
test('what came too fast is sent again when the server said, and the order stays', async (t) => {
  const { hub, clock, chat } = await scene(t, { sendWindow: 8 });
  const words = 'messages come too fast; retry in 700 ms';
  const start = clock.now();
  // From the third on it is too fast, and then for everything until the time is over (CH-121).
  hub.decides = (method, args, attempt) => (method === 'Send' && attempt >= 3 && clock.now() < start + 700
    ? refusal('rate_limited', words) : undefined);
  const sends = bodies(10).map((body) => chat.send(room, body));
  await settle();
  assert.deepEqual(hub.bodies(room), ['1', '2']);
  const called = hub.countOf('Send');
  await clock.advance(699);
  assert.equal(hub.countOf('Send'), called);
  await clock.advance(1);
  await Promise.all(sends);
  assert.deepEqual(hub.bodies(room), bodies(10));
});

// CH-122
test('a call that came too fast is made once more when the server said; then its refusal is told', async (t) => {
  const { hub, clock, chat } = await scene(t);
  let refusals = 1;
  hub.decides = (method) => (method === 'RemoveParticipant' && refusals-- > 0
    ? refusal('rate_limited', 'too fast; retry in 300 ms') : undefined);
  const patient = chat.removeParticipant(room, 'bob');
  await clock.advance(300);
  await patient;
  refusals = 2;
  const refused = quiet(chat.removeParticipant(room, 'bob'));
  await clock.advance(300);
  await assert.rejects(refused, (error) => error.code === 'rate_limited' && error.retryAfter === 300);
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

test('messages are stored in the order of the calls, and each has its receipt', async (t) => {
  const { hub, chat } = await scene(t);
  const receipts = await Promise.all(bodies(100).map((body) => chat.send(room, body)));
  assert.deepEqual(receipts.map((receipt) => receipt.sequence), upTo(100));
  assert.deepEqual(hub.bodies(room), bodies(100));
  assert.deepEqual(chat.pending(), []);
});

test('what is said before the client is started is sent when it is', async (t) => {
  const { hub, chat } = await scene(t, { start: false });
  const sent = chat.send(room, 'early');
  assert.deepEqual(chat.pending(room).map((message) => [message.body, message.state]), [['early', 'pending']]);
  await chat.start();
  assert.equal((await sent).sequence, 1);
  assert.equal(hub.log(room)[0].dedupeKey, sent.message.id);
});

test('a lost receipt costs no second message, and keeps the order', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const cuts = [5, 40, 41, 80, 120];
  hub.decides = (method, args, attempt, connection) => {
    // This one and those under way are stored, and their answers are lost.
    if (method === 'Send' && cuts.includes(attempt)) connection.lose(new Error('cut'));
  };
  const sent = bodies(100).map((body) => chat.send(room, body));
  for (let round = 0; round < cuts.length; round++) await clock.advance(31_000);
  assert.deepEqual(hub.bodies(room), bodies(100));
  assert.ok((await Promise.all(sent)).some((receipt) => receipt.duplicate));
  assert.ok(hub.connections.length > 3);
});

test('while the server cannot, the oldest is tried alone, later and later', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake, time) => {
    time.chance = 1;
  });
  hub.decides = (method, args, attempt) =>
    method === 'Send' && attempt <= 6 ? refusal(attempt % 2 ? 'internal_error' : 'rate_limited') : undefined;
  const sent = [chat.send(room, 'a'), chat.send(room, 'b')];
  await settle();
  assert.equal(hub.countOf('Send'), 2); // both were under way
  clock.delays.length = 0;
  await clock.advance(400);
  assert.equal(hub.countOf('Send'), 3);
  await clock.advance(60_000);
  assert.deepEqual(clock.delays, [800, 1_600, 3_200, 6_400]);
  await Promise.all(sent);
  assert.deepEqual(hub.bodies(room), ['a', 'b']);
});

test('what is discarded before there is a connection is not sent', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => new Error('down'); });
  const sent = chat.send(room, 'never');
  assert.equal(chat.discard(sent.message.id), true);
  await assert.rejects(sent, { name: 'ChatStoppedError' });
  hub.refuses = () => null;
  await clock.advance(60_000);
  assert.equal(chat.status.state, 'connected');
  assert.equal(hub.countOf('Send'), 0);
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

test('what one client left the next one sends, first and once', async (t) => {
  const kept = new Map();
  const [hub, clock] = [new FakeHub(), new ManualClock()];
  hub.refuses = () => new Error('down');
  const first = newClient(t, hub, clock, { outbox: new SharedStore(kept) });
  await first.start();
  for (const body of ['one', 'two']) quiet(first.send(room, body));
  await settle();
  await first.stop();
  assert.equal(kept.size, 2);
  hub.refuses = () => null;
  await clock.advance(1); // messages of the same millisecond have no order between clients
  const second = newClient(t, hub, clock, { outbox: new SharedStore(kept) });
  second.send(room, 'three');
  await second.start();
  await settle();
  assert.deepEqual(hub.bodies(room), ['one', 'two', 'three']);
  assert.equal(kept.size, 0);
});

test('a store that fails loses no message', async (t) => {
  const fails = async () => {
    throw new Error('no');
  };
  const { hub, chat } = await scene(t, {
    outbox: { open: fails, put: fails, delete: fails, adopt: fails, close: fails },
  });
  await chat.send(room, 'kept');
  assert.deepEqual(hub.bodies(room), ['kept']);
});

test('stopped and started again, the same client sends what waited', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.refuses = () => new Error('down');
  hub.cut();
  await settle();
  const sent = chat.send(room, 'waits');
  await chat.stop();
  await assert.rejects(sent, { name: 'ChatStoppedError' });
  hub.refuses = () => null;
  await chat.start();
  await clock.advance(1_000);
  assert.deepEqual(hub.bodies(room), ['waits']);
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

test('a message is sent as it is stored: white space at its ends travels not', async (t) => {
  const { hub, chat } = await scene(t);
  await chat.send(room, `${' '.repeat(2_000_000)}x\u0085`);
  assert.deepEqual(hub.bodies(room), ['x']);
});
