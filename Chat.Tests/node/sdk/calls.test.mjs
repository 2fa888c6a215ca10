import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatDisconnectedError } from '../../../Chat.Server/wwwroot/sdk/core/errors.js';
import { unreachable } from './fake-hub.mjs';
import { settle } from './manual-clock.mjs';
import { scene, until } from './scene.mjs';

const room = 'room';

test('calls that may be made twice are made again, others say that the connection was lost', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = () => 'unanswered';
  const [list, made] = [chat.conversations(), chat.createConversation({ participantIds: ['ben'] })];
  made.catch(() => {});
  await settle();
  hub.decides = () => undefined;
  hub.cut();
  await assert.rejects(made, ChatDisconnectedError);
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.deepEqual(await list, []);
  assert.equal(hub.countOf('CreateConversation'), 1);
});

test('a call waits for a connection, unless its signal ends', async (t) => {
  const { hub, clock, chat } = await scene(t, {}, (fake) => { fake.refuses = () => unreachable(); });
  const stop = new AbortController();
  const given = chat.conversations({ signal: stop.signal });
  const kept = chat.conversations();
  given.catch(() => {});
  stop.abort();
  await assert.rejects(given, { name: 'AbortError' });
  hub.refuses = () => null;
  await until(clock, () => chat.status.state === 'connected', 'connected');
  assert.deepEqual(await kept, []);
});

test('typing is said at most every 3 seconds, and not without a connection', async (t) => {
  const { hub, clock, chat } = await scene(t);
  for (let key = 0; key < 70; key++) {
    chat.typing(room);
    await clock.advance(100);
  }
  chat.typing(room, false);
  chat.typing(room, false);
  await settle();
  assert.deepEqual(hub.argumentsOf('Typing'), [[room, true], [room, true], [room, true], [room, false]]);
  const said = hub.countOf('Typing');
  hub.refuses = () => unreachable();
  hub.cut();
  await settle();
  chat.typing(room);
  await clock.advance(5_000);
  assert.equal(hub.countOf('Typing'), said);
});

// CH-150, CH-152
test('names are asked for, and changes of them come as events', async (t) => {
  const { hub, chat } = await scene(t);
  hub.names = { ben: 'Ben', me: null };
  assert.deepEqual(await chat.users(['ben', 'stranger', 'me']),
    [{ userId: 'ben', name: 'Ben' }, { userId: 'me', name: null }]);
  const changes = [];
  chat.on('userChanged', (profile) => changes.push(profile));
  hub.connection.emit('UserChanged', { userId: 'ben', name: null });
  assert.deepEqual(changes, [{ userId: 'ben', name: null }]);
});

test('typing, read positions and presence are told as events and to followers', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const [events, signals] = [[], []];
  for (const event of ['typing', 'readPosition', 'presence']) chat.on(event, (value) => events.push([event, value]));
  chat.follow(room, { after: 0, onEntries: () => {}, onSignal: (signal) => signals.push([signal.type, signal.value]) });
  await until(clock, () => hub.countOf('Join') === 1, 'joined');
  const said = [
    ['typing', { conversationId: room, userId: 'ben', isTyping: true }],
    ['readPosition', { conversationId: room, userId: 'ben', sequence: 3 }],
    ['presence', { conversationId: room, userId: 'ben', online: true, lastSeenAt: null }],
  ];
  const elsewhere = ['typing', { conversationId: 'other', userId: 'ben', isTyping: true }];
  hub.connection.emit('TypingChanged', elsewhere[1]);
  hub.connection.emit('TypingChanged', said[0][1]);
  hub.connection.emit('ReadPositionChanged', said[1][1]);
  hub.connection.emit('PresenceChanged', said[2][1]);
  await clock.advance(100);
  assert.deepEqual(events, [elsewhere, ...said]);
  assert.deepEqual(signals, said);
});

test('a call whose connection is lost is made again if it only reads; a group is not made twice', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.decides = (method, args, attempt, connection) => {
    if (attempt === 1) connection.lose(new Error('cut'));
  };
  const listed = chat.conversations();
  await until(clock, () => hub.attempts === 2 && chat.status.state === 'connected', 'connected again');
  assert.deepEqual(await listed, []);
  await assert.rejects(chat.createConversation({ participantIds: ['ben'] }), { name: 'ChatDisconnectedError' });
  await until(clock, () => hub.attempts === 3 && chat.status.state === 'connected', 'connected again');
  assert.equal(hub.countOf('CreateConversation'), 1);
});
