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
