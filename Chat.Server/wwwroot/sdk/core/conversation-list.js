import { limits } from './limits.js';

/** The user's conversations: requested once by the application, then in every session, and changed by pushes. */
export class ConversationList {
  #link;
  #events;
  #wanted = false;
  /** Changes that came while an answer was awaited: they may be newer than the answer. @type {Set<Map<string, any>>} */
  #asking = new Set();
  #isLooking = false;
  #lookAgain = false;

  /** @param {import('./link.js').Link} link @param {import('./events.js').Events} events */
  constructor(link, events) {
    this.#link = link;
    this.#events = events;
    // A pending request is repeated in the new session anyway.
    link.onSession(() => { if (this.#wanted && this.#asking.size === 0) this.#again(); });
  }

  /** A page. @param {{cursor?: string, limit?: number} | null} query @param {AbortSignal} [signal] */
  async ask(query, signal) {
    return this.#listening(async (meanwhile) => merge(await this.#page(query, signal), meanwhile, !query?.cursor));
  }

  /**
   * All pages. Conversations that became active meanwhile are now at the beginning. So the beginning is read again, up
   * to the first conversation that has not moved, until that takes one page.
   * @param {AbortSignal} [signal]
   */
  async *pages(signal) {
    const places = new Map();
    for (let pages = 2; pages > 1;) {
      let query = null;
      for (pages = 0; pages === 0 || query; pages++) {
        const { page, isLast, cursor } = await this.#listening(async (meanwhile) => {
          const answered = await this.#page(query, signal);
          const isKnown = answered.some((one) => places.has(one.id) && places.get(one.id) === one.cursor);
          for (const one of answered) places.set(one.id, one.cursor);
          const isLast = isKnown || answered.length < limits.defaultListPage;
          return { page: merge(answered, meanwhile, pages === 0), isLast, cursor: answered.at(-1)?.cursor };
        });
        yield page;
        // A server that does not page its list returns no cursor.
        query = isLast || !cursor ? null : { cursor };
      }
    }
  }

  /** @param {{cursor?: string, limit?: number} | null} query @param {AbortSignal} [signal] */
  #page(query, signal) {
    this.#wanted = true;
    return this.#link.call(true, signal, 'Conversations', ...(query ? [query] : []));
  }

  /** @template T @param {(meanwhile: Map<string, any>) => Promise<T>} ask */
  async #listening(ask) {
    const meanwhile = new Map();
    this.#asking.add(meanwhile);
    try {
      return await ask(meanwhile);
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

  /**
   * Some changes are only in the answer: after a removal, whether the user was added again before the push; and entries
   * of a conversation that had no readers but was not left yet.
   */
  async look() {
    if (!this.#wanted) return;
    this.#lookAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#lookAgain) {
      this.#lookAgain = false;
      await this.#again();
    }
    this.#isLooking = false;
  }

  // A new session gets no changes before its request, and earlier changes are only in the answer.
  async #again() {
    try {
      this.#events.emit('conversations', await this.#listening(async (meanwhile) => {
        const all = new Map();
        for await (const page of this.pages()) for (const one of page) all.set(one.id, one);
        return merge([...all.values()], meanwhile, true);
      }));
    } catch {
      // Refused or stopped; a lost session is followed by another.
    }
  }
}

/**
 * @param {any[]} answered @param {Map<string, any>} meanwhile
 * @param {boolean} isFirst The first page, or all: conversations created meanwhile belong there.
 */
function merge(answered, meanwhile, isFirst) {
  if (meanwhile.size === 0) return answered;
  const newer = answered.filter((summary) => meanwhile.get(summary.id) !== null).map((summary) => {
    const change = meanwhile.get(summary.id);
    return change && isNewer(change, summary) ? change : summary;
  });
  if (!isFirst) return newer;
  const known = new Set(answered.map((summary) => summary.id));
  return [...[...meanwhile.values()].filter((change) => change !== null && !known.has(change.id)), ...newer];
}

function isNewer(change, summary) {
  return change.lastSequence !== summary.lastSequence
    ? change.lastSequence > summary.lastSequence
    : change.lastReadSequence >= summary.lastReadSequence;
}
