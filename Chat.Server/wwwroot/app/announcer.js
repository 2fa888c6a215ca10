// Tells those who listen rather than look. Nothing that is said takes the place of what may not be read out yet: the
// region is a log, and what is old leaves it. Several messages at once are counted, not read out one by one.

import { shownUser } from './profiles.js';
import { oneLineOf, words } from './words.js';

const QuietMilliseconds = 700;
const KeptTexts = 10;
const MessagesReadOut = 3;

export class Announcer {
  #element;
  /** @type {{id: string, text: string}[]} */
  #waiting = [];
  /** Which messages are in what was said. @type {WeakMap<Element, string[]>} */
  #told = new WeakMap();
  #count = 0;
  #timer = 0;

  /** @param {Element} element A live region of the role `log`: what is added is read out, the rest is not repeated. */
  constructor(element) {
    this.#element = element;
  }

  /** A message of somebody else. @param {string} where @param {import('./log.js').Item} item */
  message(where, item) {
    this.#count++;
    if (this.#waiting.length < MessagesReadOut) {
      this.#waiting.push({ id: item.id, text: words.by(`${shownUser(item.sender)}${where}`, oneLineOf(item)) });
    }
    if (this.#timer === 0) this.#timer = setTimeout(() => this.#flush(), QuietMilliseconds);
  }

  /** A message was deleted: nothing of it stays here. @param {string} id */
  gone(id) {
    this.#waiting = this.#waiting.filter(one => one.id !== id);
    for (const told of [...this.#element.children]) if (this.#told.get(told)?.includes(id)) told.remove();
  }

  /** @param {string} text @param {string[]} [ids] of the messages that are in it */
  say(text, ids = []) {
    // Always another element: the same words twice are news twice.
    const told = document.createElement('p');
    told.textContent = text;
    this.#told.set(told, ids);
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
    if (count > MessagesReadOut) this.say(words.manyNew(count));
    else if (waiting.length > 0) this.say(waiting.map(({ text }) => text).join('. '), waiting.map(({ id }) => id));
  }

  #take() {
    const taken = { waiting: this.#waiting, count: this.#count };
    [this.#waiting, this.#count, this.#timer] = [[], 0, 0];
    return taken;
  }
}
