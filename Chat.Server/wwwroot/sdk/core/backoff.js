// Longer waits need no longer proof: in a tunnel every few seconds of network are welcome.
const lastingAtMost = 5_000;

/** Counts the attempts since the last connection that lasted, and says how long to wait before the next one: exponential, with full jitter. */
export class Backoff {
  #first;
  #max;
  #random;
  #waits = 0;

  /**
   * @param {{firstDelay?: number, maxDelay?: number} | undefined} options
   * @param {() => number} random
   */
  constructor(options, random) {
    this.#first = options?.firstDelay ?? 1_000;
    this.#max = options?.maxDelay ?? 30_000;
    this.#random = random;
  }

  /** Milliseconds before the next attempt. */
  next() {
    const wait = this.#bound() * this.#random();
    this.#waits++;
    return wait;
  }

  /**
   * Begins anew, if the connection lived at least as long as the next wait could be, or 5 seconds. So a client that is let in and dropped
   * again and again does not come back at the pace of the first attempts for ever.
   * @param {number} lived milliseconds
   */
  lasted(lived) {
    if (lived < lastingAtMost && lived < this.#bound()) return false;
    this.#waits = 0;
    return true;
  }

  #bound() {
    return Math.min(this.#first * 2 ** Math.min(this.#waits, 30), this.#max);
  }
}
