// What a summary does not say: who takes part in a conversation. Asked for one after the other, so that a user of a
// thousand conversations does not ask a thousand questions at once.

import { people } from './stored.js';

const AtOnce = 2;

/** @typedef {import('./conversation.js').Conversation} Conversation */

export class LookUps {
  #client;
  #changed;
  /** @type {Map<string, () => Promise<void>>} */
  #waiting = new Map();
  /** @type {Map<string, boolean>} What is asked at this moment, and whether it has to be asked again. */
  #asked = new Map();

  /** @param {import('../sdk/chat-client.js').ChatClient} client @param {() => void} changed */
  constructor(client, changed) {
    this.#client = client;
    this.#changed = changed;
  }

  /** @param {Conversation} conversation */
  names(conversation) {
    this.#ask(conversation.id, async () => {
      const at = conversation.last;
      conversation.names = await (conversation.direct ? this.#begunBy(conversation) : this.#takingPart(conversation));
      conversation.namedAt = at;
      people.set(conversation.id, conversation.names, at);
    });
  }

  // A direct conversation never changes: its people are in its first entry.
  async #begunBy(conversation) {
    const { entries } = await this.#client.history(conversation.id, { after: 0, limit: 1 });
    return entries[0]?.participantIds ?? [];
  }

  async #takingPart(conversation) {
    const { users } = await this.#client.getPresence(conversation.id);
    return users.map(user => user.userId).sort((a, b) => a.localeCompare(b));
  }

  #ask(what, question) {
    if (this.#asked.has(what)) this.#asked.set(what, true);
    else this.#waiting.set(what, question);
    this.#next();
  }

  #next() {
    while (this.#asked.size < AtOnce && this.#waiting.size > 0) {
      const [what, question] = this.#waiting.entries().next().value;
      this.#waiting.delete(what);
      this.#asked.set(what, false);
      this.#run(what, question);
    }
  }

  async #run(what, question) {
    try {
      await question();
      this.#changed();
    } catch {
      // Asked again with the next list.
    }
    const again = this.#asked.get(what);
    this.#asked.delete(what);
    if (again) this.#waiting.set(what, question);
    this.#next();
  }
}
