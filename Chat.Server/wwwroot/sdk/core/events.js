/** Listeners by event. One that throws affects neither the others nor the client. */
export class Events {
  /** @type {Map<string, Set<(value: any) => void>>} */
  #listeners = new Map();

  /**
   * @param {string} event
   * @param {(value: any) => void} listener
   * @returns {() => void} removes it
   */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** @param {string} event @param {unknown} value */
  emit(event, value) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) guarded(listener, value);
  }
}

/**
 * Calls application code; its exceptions are reported as uncaught errors.
 * @param {((...values: any[]) => void) | undefined} callback
 * @param {...unknown} values
 */
export function guarded(callback, ...values) {
  try {
    callback?.(...values);
  } catch (error) {
    if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
    else queueMicrotask(() => { throw error; });
  }
}
