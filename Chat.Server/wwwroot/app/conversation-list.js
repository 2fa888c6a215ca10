// Asks for the user's conversations, again and again: the server tells nobody that they were put into a new one.

const EveryMilliseconds = 5_000, EveryHiddenMilliseconds = 30_000;

export class ConversationList {
  #client;
  #came;
  #asking = null;
  #timer = 0;
  #stopped = false;

  /** @param {import('../sdk/chat-client.js').ChatClient} client @param {(summaries: any[]) => void} came Called with each answer. */
  constructor(client, came) {
    this.#client = client;
    this.#came = came;
  }

  /** Asks now, and from now on every few seconds while there is a connection. */
  ask() {
    clearTimeout(this.#timer);
    this.#asking ??= this.#ask();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask() {
    try {
      const summaries = await this.#client.conversations();
      if (!this.#stopped) this.#came(summaries);
    } catch {
      // Asked again soon, or when the connection is back.
    }
    this.#asking = null;
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.#client.status.state === 'connected' && this.ask(), document.hidden ? EveryHiddenMilliseconds : EveryMilliseconds);
  }
}
