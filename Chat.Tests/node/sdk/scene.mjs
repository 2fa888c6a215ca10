import assert from 'node:assert/strict';
import { ChatClient } from '../../../Chat.Server/wwwroot/sdk/core/client.js';
import { FakeHub } from './fake-hub.mjs';
import { ManualClock, settle } from './manual-clock.mjs';

/** A client of a hub in memory, on a clock that the test moves. */
export async function scene(t, options = {}, prepare = () => {}) {
  const hub = new FakeHub();
  const clock = new ManualClock();
  prepare(hub, clock);
  const chat = newClient(t, hub, clock, options);
  if (options.start !== false) {
    await chat.start();
    await settle();
  }
  return { hub, clock, chat };
}

export function newClient(t, hub, clock, options = {}) {
  const chat = new ChatClient({ url: 'http://chat.test', userId: 'me', signalR: hub.signalR, clock, ...options });
  t.after(() => chat.stop());
  return chat;
}

/** Reads until a sequence came, or as long as there is something. */
export function collect(chat, conversation, options) {
  const read = {
    entries: [],
    ended: false,
    error: null,
    get sequences() {
      return this.entries.map((entry) => entry.sequence);
    },
  };
  read.done = (async () => {
    try {
      for await (const entry of chat.read(conversation, options)) read.entries.push(entry);
      read.ended = true;
    } catch (error) {
      read.error = error;
    }
  })();
  return read;
}

/**
 * Moves the client's time in small steps until the condition holds, at most five minutes. The speed of the machine does
 * not matter.
 */
export async function until(clock, holds, what = 'it') {
  for (let step = 0; step < 6_000; step++) {
    await settle();
    if (holds()) return;
    await clock.advance(50);
  }
  assert.fail(`${what} did not come true`);
}

/** The same promise; its rejection is no error of the test. */
export const quiet = (promise) => (promise.catch(() => {}), promise);

/** 1, 2, … n. */
export const upTo = (n) => Array.from({ length: n }, (_, index) => index + 1);

/** What a follower of the room is told. */
export function follow(chat, options = {}) {
  const seen = { sequences: [], batches: [], caughtUp: 0, joined: [], end: undefined };
  seen.following = chat.follow('room', {
    after: 0,
    onEntries: (entries) => {
      seen.batches.push(entries.length);
      seen.sequences.push(...entries.map((entry) => entry.sequence));
    },
    onCaughtUp: () => seen.caughtUp++,
    onJoined: (info) => seen.joined.push(info),
    onEnd: (error) => { seen.end = error; },
    ...options,
  });
  return seen;
}
