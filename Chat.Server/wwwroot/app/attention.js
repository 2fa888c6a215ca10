// Whether somebody looks at a conversation, and what is told when not.

import { notifications } from './stored.js';
import { refusalWords, words } from './words.js';

// Few have turned them on: how they are made comes with the first of them.
const notify = (...message) => import('./notifier.js').then(file => file.notifier.message(...message), () => {});

/** @typedef {import('./conversation.js').Conversation} Conversation */

export class Attention {
  #chat;
  #page;

  /**
   * @param {{current: string|null}} chat
   * @param {{announcer: import('./announcer.js').Announcer}} page
   */
  constructor(chat, page) {
    this.#chat = chat;
    this.#page = page;
  }

  /** @param {Conversation} conversation */
  isOn(conversation) {
    return conversation.id === this.#chat.current && !document.hidden && document.hasFocus();
  }

  /** Tells those who listen. @param {string} text */
  say(text) {
    this.#page.announcer.say(text);
  }

  /** Something could not be changed. @param {any} error */
  failed(error) {
    this.say(`${words.changeFailed} ${refusalWords(error)}`);
  }

  /** A message was deleted. @param {import('./log.js').Item} item */
  gone(item) {
    this.#page.announcer.gone(item.id);
  }

  /** A message of somebody else that is not read. @param {Conversation} conversation */
  tell(conversation, item) {
    const isOpen = conversation.id === this.#chat.current, { announcer } = this.#page;
    if (conversation.muted && !isOpen) return;
    announcer.message(isOpen ? '' : words.messageIn(conversation.name), item);
    if (!conversation.muted && notifications.get()) notify(conversation, item);
  }
}
