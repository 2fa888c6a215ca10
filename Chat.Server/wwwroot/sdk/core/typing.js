const repeatMilliseconds = 3_000;

/** Sends that the user is typing, often enough to keep it alive, and not more often. */
export class Typing {
  #link;
  #clock;
  /** When it was last sent, by conversation. @type {Map<string, number>} */
  #said = new Map();

  /** @param {import('./link.js').Link} link @param {import('../chat-client.js').Clock} clock */
  constructor(link, clock) {
    this.#link = link;
    this.#clock = clock;
  }

  /** @param {string} conversation @param {boolean} isTyping */
  say(conversation, isTyping) {
    const { session } = this.#link;
    const said = this.#said.get(conversation);
    const isDue = said === undefined || Math.abs(this.#clock.now() - said) >= repeatMilliseconds;
    const isNews = isTyping ? isDue : said !== undefined;
    if (!session || !isNews) return;
    if (isTyping) this.#said.set(conversation, this.#clock.now());
    else this.#said.delete(conversation);
    session.invoke('Typing', conversation, isTyping).catch(() => {}); // it may be lost
  }

  /** A message was sent, which ends typing. @param {string} conversation */
  sent(conversation) {
    this.#said.delete(conversation);
  }
}
