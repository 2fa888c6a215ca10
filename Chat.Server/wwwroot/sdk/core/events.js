/** Listeners by event. One that throws disturbs neither the others nor the client. */
export class Events {
  /** @type {Map<string, Set<(value: any) => void>>} */
  #listeners = new Map();

  /**
   * @param {string} event
   * @param {(value: any) => void} listener
   * @returns {() => void} takes it off again
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
 * Calls the application's code; what it throws is reported as uncaught, like any other error of its own.
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
