// Whether somebody is told of a message, and how: read out, or by a notification of the system.

import { words } from './words.js';

/** @typedef {import('./conversation.js').Conversation} Conversation */

export class Attention {
  #announcer;
  #notifier;

  /** @param {import('./announcer.js').Announcer} announcer @param {import('./notifier.js').Notifier} notifier */
  constructor(announcer, notifier) {
    this.#announcer = announcer;
    this.#notifier = notifier;
  }

  /**
   * A message of somebody else that is not read.
   * @param {Conversation} conversation
   * @param {import('./log.js').Item} item
   * @param {boolean} isOpen
   */
  message(conversation, item, isOpen) {
    if (conversation.muted && !isOpen) return;
    this.#announcer.message(isOpen ? '' : words.messageIn(conversation.name), item);
    if (!conversation.muted) this.#notifier.message(conversation, item);
  }

  /** @param {string} text */
  say(text) {
    this.#announcer.say(text);
  }
}
