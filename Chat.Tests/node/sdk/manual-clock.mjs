/**
 * A clock that only a test moves, and random numbers that a test decides.
 * @implements {import('../../../Chat.Server/wwwroot/sdk/chat-client.js').Clock}
 */
export class ManualClock {
  /** What `random()` gives. */
  chance = 0.5;
  /** The delays that were asked for, in order. @type {number[]} */
  delays = [];
  #now = 1_000_000;
  #next = 1;
  /** @type {Map<number, {at: number, callback: () => void}>} */
  #timers = new Map();

  now() {
    return this.#now;
  }

  random() {
    return this.chance;
  }

  setTimeout(callback, milliseconds) {
    this.delays.push(milliseconds);
    this.#timers.set(this.#next, { at: this.#now + milliseconds, callback });
    return this.#next++;
  }

  clearTimeout(timer) {
    this.#timers.delete(timer);
  }

  /** Moves on, timer by timer, with everything that follows from each before the next. */
  async advance(milliseconds) {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      const [id, { at, callback }] = due;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      callback();
      await settle();
    }
    this.#now = end;
  }
}

// What was put off to a later turn and has not run yet: the batches of followers, the transactions of IndexedDB.
const waiting = new Set();
const nextTurn = globalThis.setImmediate;
for (const [schedule, cancel] of [['setImmediate', 'clearImmediate'], ['setTimeout', 'clearTimeout']]) {
  const [start, stop] = [globalThis[schedule], globalThis[cancel]];
  globalThis[schedule] = (callback, ...more) => {
    const handle = start((...values) => {
      waiting.delete(handle);
      callback(...values);
    }, ...more);
    waiting.add(handle);
    return handle;
  };
  globalThis[cancel] = (handle) => {
    waiting.delete(handle);
    stop(handle);
  };
}

/** Runs everything that needs no time of the manual clock, for as many turns as that takes. */
export async function settle() {
  do await new Promise((resolve) => { nextTurn(resolve); });
  while (waiting.size > 0);
}
