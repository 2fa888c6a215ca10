// How things stand with the server, as it is shown: what passes within half a second is not worth a word.

const Unsaid = 500;

/** @typedef {'connecting'|'catchingUp'|'live'|'reconnecting'|'offline'|'failed'} Kind */

export class Connection {
  /** @type {Kind} */
  kind = 'connecting';
  #client;
  #conversations;
  #redraw;
  #since = performance.now();
  #timer = 0;

  /** @param {import('../sdk/chat-client.js').ChatClient} client @param {Map<string, import('./conversation.js').Conversation>} conversations @param {() => void} redraw */
  constructor(client, conversations, redraw) {
    this.#client = client;
    this.#conversations = conversations;
    this.#redraw = redraw;
  }

  /** What to show. */
  get state() {
    const { reason, online } = this.#client.status;
    const passing = this.kind !== 'failed' && performance.now() - this.#since < Unsaid;
    return { kind: passing ? 'live' : this.kind, missed: this.#missed(), waiting: this.#client.pending().filter(sending => sending.state === 'pending').length, reason, network: online };
  }

  /** To be called when the status or a conversation changed. */
  changed() {
    const kind = this.#kindNow();
    if (kind === this.kind) return;
    // From one attempt to the next it stays what it was: no flicker between the two.
    if (!(isAway(kind) && isAway(this.kind))) this.#since = performance.now();
    this.kind = kind;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#redraw, Unsaid + 20);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @returns {Kind} */
  #kindNow() {
    switch (this.#client.status.state) {
      case 'connected':
        if (this.#conversations.size === 0) return 'connecting';
        for (const conversation of this.#conversations.values()) if (conversation.behind !== 0) return 'catchingUp';
        return 'live';
      case 'connecting':
        return 'connecting';
      case 'reconnecting':
        return 'reconnecting';
      case 'failed':
        return 'failed';
      default:
        return this.#client.status.reason === null && this.#conversations.size === 0 ? 'connecting' : 'offline';
    }
  }

  #missed() {
    let sum = 0;
    for (const conversation of this.#conversations.values()) sum += conversation.behind ?? 0;
    return sum;
  }
}

const isAway = kind => kind === 'reconnecting' || kind === 'offline';
