/** Read positions on their way: only the highest per conversation is sent, one call at a time. */
export class Marks {
  #link;
  /** @type {Map<string, {wanted: number, done: Promise<void>}>} */
  #marks = new Map();

  /** @param {import('./link.js').Link} link */
  constructor(link) {
    this.#link = link;
  }

  /** @param {string} conversation @param {number} sequence */
  mark(conversation, sequence) {
    const known = this.#marks.get(conversation);
    if (known) {
      known.wanted = Math.max(known.wanted, sequence);
      return known.done;
    }
    const mark = { wanted: sequence, done: Promise.resolve() };
    this.#marks.set(conversation, mark);
    return mark.done = this.#send(conversation, mark);
  }

  async #send(conversation, mark) {
    try {
      for (let sent = -1; sent < mark.wanted;) {
        const sequence = mark.wanted;
        await this.#link.call(true, undefined, 'MarkRead', conversation, sequence);
        sent = sequence;
      }
    } finally {
      this.#marks.delete(conversation);
    }
  }
}
