/** `navigator.locks` of a browser with several tabs, which can be closed. */
export class Locks {
  #held = new Map();
  #queue = [];

  /** The locks as one tab sees them. */
  of(tab) {
    return {
      request: (name, options, callback) =>
        this.#request(tab, name, ...(callback ? [options, callback] : [{}, options])),
      query: async () => ({
        held: [...this.#held.keys()].map((name) => ({ name })),
        pending: this.#queue.map(({ name }) => ({ name })),
      }),
    };
  }

  /** The tab is gone, and with it what it held. */
  close(tab) {
    this.#queue = this.#queue.filter((request) => request.tab !== tab);
    for (const [name, holder] of [...this.#held]) if (holder === tab) this.#release(name);
  }

  #request(tab, name, options, callback) {
    return new Promise((resolve, reject) => {
      const request = { tab, name, callback, resolve, reject };
      if (!this.#held.has(name)) return this.#grant(request);
      if (options.ifAvailable) return resolve(callback(null));
      options.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((other) => other !== request);
        reject(options.signal.reason);
      });
      this.#queue.push(request);
    });
  }

  #grant({ tab, name, callback, resolve, reject }) {
    this.#held.set(name, tab);
    queueMicrotask(async () => {
      try {
        resolve(await callback({ name, mode: 'exclusive' }));
      } catch (error) {
        reject(error);
      }
      if (this.#held.get(name) === tab) this.#release(name);
    });
  }

  #release(name) {
    this.#held.delete(name);
    const next = this.#queue.findIndex((request) => request.name === name);
    if (next >= 0) this.#grant(this.#queue.splice(next, 1)[0]);
  }
}
