// Tells those who listen rather than look. Nothing that is said takes the place of what may not be read out yet: the
// region is a log, and what is old leaves it. Several messages at once are counted, not read out one by one.

import { shownUser } from './profiles.js';
import { preview } from './text.js';
import { words } from './words.js';

const QuietMilliseconds = 700;
const KeptTexts = 10;
const MessagesReadOut = 3;

export class Announcer {
  #element;
  #waiting = [];
  #count = 0;
  #timer = 0;

  /** @param {Element} element A live region of the role `log`: what is added is read out, the rest is not repeated. */
  constructor(element) {
    this.#element = element;
  }

  /** A message of somebody else. @param {string} where @param {import('./log.js').Item} item */
  message(where, item) {
    this.#count++;
    if (this.#waiting.length < MessagesReadOut)
      this.#waiting.push(words.by(`${shownUser(item.sender)}${where}`, preview(item.body) || words.attachment));
    if (this.#timer === 0) this.#timer = setTimeout(() => this.#flush(), QuietMilliseconds);
  }

  say(text) {
    // Always another element: the same words twice are news twice.
    const told = document.createElement('p');
    told.textContent = text;
    this.#element.append(told);
    while (this.#element.childElementCount > KeptTexts) this.#element.firstElementChild.remove();
  }

  /** Forgets all that was said and was to be said: it was for one user. */
  clear() {
    clearTimeout(this.#timer);
    this.#take();
    this.#element.replaceChildren();
  }

  #flush() {
    const { waiting, count } = this.#take();
    this.say(count > MessagesReadOut ? words.manyNew(count) : waiting.join('. '));
  }

  #take() {
    const taken = { waiting: this.#waiting, count: this.#count };
    [this.#waiting, this.#count, this.#timer] = [[], 0, 0];
    return taken;
  }
}
