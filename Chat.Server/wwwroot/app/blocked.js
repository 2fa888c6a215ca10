// Whom the user of this page has blocked.

import { words } from './words.js';

export class Blocked {
  #client;
  #chat;
  /** @type {Set<string>} */
  #users = new Set();

  /** @param {import('../sdk/chat-client.js').ChatClient} client @param {import('./chat.js').Chat} chat */
  constructor(client, chat) {
    this.#client = client;
    this.#chat = chat;
  }

  /** @param {string} user */
  has(user) {
    return this.#users.has(user);
  }

  /** Asks again; after each connect: another device may have changed it. */
  async ask() {
    try {
      this.#users = new Set(await this.#client.blocks());
      this.#chat.changed();
    } catch {
      // The status says why, and the next connection asks again.
    }
  }

  /** @param {string} user */
  async toggle(user) {
    const blocks = !this.has(user);
    try {
      await (blocks ? this.#client.block(user) : this.#client.unblock(user));
      if (blocks) this.#users.add(user);
      else this.#users.delete(user);
      this.#chat.attention.say(blocks ? words.blocked(user) : words.unblocked(user));
      this.#chat.changed();
    } catch (error) {
      this.#chat.attention.failed(error);
    }
  }
}
