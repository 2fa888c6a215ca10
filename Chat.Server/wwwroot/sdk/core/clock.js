/** The system's time and random numbers. @type {import('../chat-client.js').Clock} */
export const realClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (callback, milliseconds) => globalThis.setTimeout(callback, milliseconds),
  clearTimeout: (timer) => globalThis.clearTimeout(/** @type {any} */ (timer)),
};

/**
 * Waits; rejects with the signal's reason when it is aborted first.
 * @param {import('../chat-client.js').Clock} clock
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function pause(clock, milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => {
      clock.clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = clock.setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * The promise, unless the signal is aborted first. The signal keeps no trace of a promise that is settled.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
export function unlessAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/**
 * The promise; rejects when it takes longer.
 * @template T
 * @param {import('../chat-client.js').Clock} clock
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export function within(clock, milliseconds, promise) {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(new Error(`It took longer than ${milliseconds} ms.`)), milliseconds);
    promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
