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
