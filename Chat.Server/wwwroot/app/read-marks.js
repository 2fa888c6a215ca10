// Tells the server how far has been read: at most one mark of a conversation under way, the newest next.

export class ReadMarks {
  #client;
  /** @type {Map<string, number>} */
  #wanted = new Map();
  /** @type {Set<string>} */
  #underWay = new Set();

  constructor(client) {
    this.#client = client;
  }

  /** @param {string} conversation @param {number} sequence */
  mark(conversation, sequence) {
    this.#wanted.set(conversation, Math.max(sequence, this.#wanted.get(conversation) ?? 0));
    if (!this.#underWay.has(conversation)) this.#tell(conversation);
  }

  /** Those that a lost connection swallowed, again. */
  again() {
    for (const conversation of this.#wanted.keys()) if (!this.#underWay.has(conversation)) this.#tell(conversation);
  }

  async #tell(conversation) {
    const sequence = this.#wanted.get(conversation);
    this.#underWay.add(conversation);
    let told = false;
    try {
      await this.#client.markRead(conversation, sequence);
      told = true;
    } catch {
      // The connection is gone, or the conversation: the next mark, or again(), says it.
    }
    this.#underWay.delete(conversation);
    if (!told) return;
    if (this.#wanted.get(conversation) === sequence) this.#wanted.delete(conversation);
    else this.#tell(conversation);
  }
}
