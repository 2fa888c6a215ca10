// How much of the list of conversations has come, and when it is asked for.

export class Listing {
  /** Whether a part of it came at least once. */
  isThere = false;
  /** Whether all of it came. */
  isWhole = false;
  #client;
  #conversations;
  #calls;

  /**
   * @param {import('../sdk/chat-client.js').ChatClient} client
   * @param {import('./conversations.js').Conversations} conversations
   * @param {{changed: () => void, whole: () => void}} calls `whole`: all of it came
   */
  constructor(client, conversations, calls) {
    this.#client = client;
    this.#conversations = conversations;
    this.#calls = calls;
  }

  async ask() {
    try {
      const isNews = this.isThere;
      for await (const page of this.#client.conversationPages()) {
        this.#conversations.some(page, isNews);
        this.#came();
      }
      this.#cameWhole();
    } catch {
      // The status says why.
    }
  }

  /** All of it, in a new session. @param {any[]} summaries */
  whole(summaries) {
    this.#conversations.whole(summaries, this.isThere);
    this.#came();
    this.#cameWhole();
  }

  #came() {
    this.isThere = true;
    this.#calls.changed();
  }

  #cameWhole() {
    this.isWhole = true;
    this.#calls.whole();
  }
}
