import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatStoppedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { FakeHub, refusal, unreachable } from './fake-hub.mjs';
import { ManualClock, settle } from './manual-clock.mjs';
import { newClient, quiet, scene, until, upTo } from './scene.mjs';
import { SharedStore } from './shared-store.mjs';

const room = 'room', other = 'other';
const bodies = (n) => upTo(n).map(String);

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

test('a message is sent as it is stored: white space at its ends travels not', async (t) => {
  const { hub, chat } = await scene(t);
  await chat.send(room, `${' '.repeat(2_000_000)}x\u0085`);
  assert.deepEqual(hub.bodies(room), ['x']);
});
