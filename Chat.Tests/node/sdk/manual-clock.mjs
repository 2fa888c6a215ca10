/** Time that stands still until a test moves it, and chance that a test decides. @implements {import('../../../Chat.Server/wwwroot/sdk/chat-client.js').Clock} */
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

  get timers() {
    return this.#timers.size;
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

/** Lets everything run that needs no time: promises, and what was put off to the next turn. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => { setImmediate(resolve); });
}
