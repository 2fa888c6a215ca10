// How things stand with the server, as it is shown: what passes within half a second is not worth a word.

const Unsaid = 500;

/** @typedef {'connecting'|'catchingUp'|'live'|'reconnecting'|'offline'|'failed'} Kind */

export class Connection {
  /** @type {Kind} */
  kind = 'connecting';
  #client;
  #chat;
  #redraw;
  #since = performance.now();
  #timer = 0;

  /**
   * @param {import('../sdk/chat-client.js').ChatClient} client
   * @param {{loaded: boolean, conversations: import('./conversations.js').Conversations}} chat
   * @param {() => void} redraw
   */
  constructor(client, chat, redraw) {
    this.#client = client;
    this.#chat = chat;
    this.#redraw = redraw;
  }

  /** What to show. */
  get state() {
    const { reason, online, nextAttemptAt } = this.#client.status;
    const passing = this.kind !== 'failed' && performance.now() - this.#since < Unsaid;
    return {
      kind: passing ? 'live' : this.kind,
      missed: this.#missed(),
      waiting: this.#client.pending().filter(one => one.state === 'pending' && one.change === null).length,
      kept: this.#client.isOutboxKept,
      network: online,
      reason,
      nextAttemptAt,
    };
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
        if (!this.#chat.loaded) return 'connecting';
        return this.#followed().some(conversation => conversation.behind !== 0) ? 'catchingUp' : 'live';
      case 'connecting':
        return 'connecting';
      case 'reconnecting':
        return 'reconnecting';
      case 'failed':
        return 'failed';
      default:
        return this.#client.status.reason === null && !this.#chat.loaded ? 'connecting' : 'offline';
    }
  }

  #missed() {
    return this.#followed().reduce((sum, conversation) => sum + (conversation.behind ?? 0), 0);
  }

  #followed() {
    return [...this.#chat.conversations.all.values()].filter(conversation => conversation.follower !== null);
  }
}

const isAway = kind => kind === 'reconnecting' || kind === 'offline';
