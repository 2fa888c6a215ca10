// Time passes: who types, when the next attempt is, how long ago somebody was seen, which day it is, and where.

import { zoneChanged } from './time.js';

const TickMilliseconds = 1_000, SlowTicks = 20;

export class PassingTime {
  #changed;
  #isWaiting;
  #ticks = 0;
  #timer = 0;

  /** @param {() => void} changed @param {() => boolean} isWaiting whether something shown changes by the second */
  constructor(changed, isWaiting) {
    this.#changed = changed;
    this.#isWaiting = isWaiting;
  }

  start() {
    this.#timer = setInterval(() => this.#tick(this.#ticks++ % SlowTicks === 0), TickMilliseconds);
  }

  stop() {
    clearInterval(this.#timer);
  }

  /** The page is looked at again. */
  now() {
    this.#tick(true);
  }

  #tick(isSlow) {
    const isElsewhere = isSlow && zoneChanged();
    if (isElsewhere || (!document.hidden && (isSlow || this.#isWaiting()))) this.#changed();
  }
}

// What time it is for the server: a device whose clock is wrong still says rightly what was "just now" or "today".
const Unheeded = 5_000, WaitMilliseconds = 5_000;

export class ServerTime {
  #ahead = 0;

  /** Milliseconds since 1970. */
  now = () => Date.now() + this.#ahead;

  /** Asks; what cannot be asked stays as it was. @param {string} address anything small of this server's */
  async learn(address) {
    try {
      const began = performance.now();
      const signal = AbortSignal.timeout(WaitMilliseconds);
      const answer = await fetch(address, { method: 'HEAD', cache: 'no-store', signal });
      // Told in whole seconds, half the way ago.
      const told = Date.parse(answer.headers.get('Date') ?? '') + 500 + (performance.now() - began) / 2;
      if (Number.isNaN(told)) return;
      const ahead = told - Date.now();
      this.#ahead = Math.abs(ahead) < Unheeded ? 0 : ahead;
    } catch {
      // asked again with the next connection
    }
  }
}
