// Tells those who listen rather than look. Several messages at once are counted, not read out one by one.

import { shownUser } from './profiles.js';
import { preview } from './text.js';
import { words } from './words.js';

const QuietMilliseconds = 700;

export class Announcer {
  #element;
  #waiting = [];
  #timer = 0;

  constructor(element) {
    this.#element = element;
  }

  /** A message of somebody else. @param {string} where @param {import('./log.js').Item} item */
  message(where, item) {
    this.#waiting.push(words.by(`${shownUser(item.sender)}${where}`, preview(item.body) || words.attachment));
    if (this.#timer === 0) this.#timer = setTimeout(() => this.#flush(), QuietMilliseconds);
  }

  say(text) {
    // Always another element: the same words twice are news twice.
    const told = document.createElement('p');
    told.textContent = text;
    this.#element.replaceChildren(told);
  }

  #flush() {
    this.#timer = 0;
    const waiting = this.#waiting.splice(0);
    this.say(waiting.length > 3 ? words.manyNew(waiting.length) : waiting.join('. '));
  }
}
