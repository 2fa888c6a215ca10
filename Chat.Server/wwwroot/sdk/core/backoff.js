// Longer delays do not require a longer life: with a poor network, every few seconds of connection are useful.
const lastingAtMost = 5_000;

/**
 * Counts the attempts since the last connection that lasted, and computes the delay before the next one: exponential,
 * with full jitter.
 */
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
   * Starts counting again, if the connection lived at least as long as the next delay could be, or 5 seconds. So a
   * client that is accepted and dropped again and again does not keep the pace of the first attempts.
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
