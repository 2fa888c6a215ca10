// Tells those who listen rather than look. Several messages at once are counted, not read out one by one.

import { preview } from './text.js';

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
    this.#waiting.push(`${item.sender}${where}: ${preview(item.body) || 'attachment'}`);
    if (this.#timer === 0) this.#timer = setTimeout(() => this.#flush(), QuietMilliseconds);
  }

  say(text) {
    this.#element.textContent = text;
  }

  #flush() {
    this.#timer = 0;
    const waiting = this.#waiting.splice(0);
    this.say(waiting.length > 3 ? `${waiting.length} new messages` : waiting.join('. '));
  }
}
