/** The user's conversations: asked for once by the application, then in every session, and told of what changes. */
export class ConversationList {
  #link;
  #events;
  #wanted = false;
  /** What came while an answer was awaited: it may be newer than the answer. @type {Set<Map<string, any>>} */
  #asking = new Set();

  /** @param {import('./link.js').Link} link @param {import('./events.js').Events} events */
  constructor(link, events) {
    this.#link = link;
    this.#events = events;
    // An ask that is under way is repeated in the new session by itself.
    link.onSession(() => { if (this.#wanted && this.#asking.size === 0) this.#again(); });
  }

  /** @param {AbortSignal} [signal] */
  async ask(signal) {
    this.#wanted = true;
    const meanwhile = new Map();
    this.#asking.add(meanwhile);
    try {
      const answered = await this.#link.call(true, signal, 'Conversations');
      return meanwhile.size === 0 ? answered : merge(answered, meanwhile);
    } finally {
      this.#asking.delete(meanwhile);
    }
  }

  /** @param {any} summary */
  changed(summary) {
    for (const meanwhile of this.#asking) meanwhile.set(summary.id, summary);
    this.#events.emit('conversationChanged', summary);
  }

  /** @param {string} id */
  removed(id) {
    for (const meanwhile of this.#asking) meanwhile.set(id, null);
    this.#events.emit('conversationRemoved', id);
  }

  // A new session is told nothing before it has asked, and what changed before it is only in the answer.
  async #again() {
    try {
      this.#events.emit('conversations', await this.ask());
    } catch {
      // Refused or stopped; a session that is lost is followed by another.
    }
  }
}

/** @param {any[]} answered @param {Map<string, any>} meanwhile */
function merge(answered, meanwhile) {
  const newer = answered.filter((summary) => meanwhile.get(summary.id) !== null).map((summary) => {
    const change = meanwhile.get(summary.id);
    return change && isNewer(change, summary) ? change : summary;
  });
  const known = new Set(answered.map((summary) => summary.id));
  return [...[...meanwhile.values()].filter((change) => change !== null && !known.has(change.id)), ...newer];
}

function isNewer(change, summary) {
  return change.lastSequence !== summary.lastSequence
    ? change.lastSequence > summary.lastSequence
    : change.lastReadSequence >= summary.lastReadSequence;
}
