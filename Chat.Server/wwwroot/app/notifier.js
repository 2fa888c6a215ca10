// Notifications of the system, for who asked for them, while the page is not looked at: one a conversation, by one of
// the tabs, and not of what was read meanwhile elsewhere.

import { mentions } from './names.js';
import { shownUser } from './profiles.js';
import { notifications } from './stored.js';
import { preview } from './text.js';
import { words } from './words.js';

/** Time for another device or tab to say that it is read already. */
const PatienceMilliseconds = 500;
const MostAtOnce = 3;
const ClaimedMilliseconds = 10_000;

/** @typedef {import('./conversation.js').Conversation} Conversation */

class Notifier {
  /** @type {Map<Conversation, import('./log.js').Item>} */
  #waiting = new Map();
  #timer = 0;

  /** @returns {'unsupported'|'denied'|'off'|'on'} */
  get state() {
    if (typeof Notification === 'undefined') return 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    return Notification.permission === 'granted' && notifications.get() ? 'on' : 'off';
  }

  /** To be called by a press of a button only. */
  async turnOn() {
    const answer = await Notification.requestPermission();
    notifications.set(answer === 'granted');
  }

  turnOff() {
    notifications.set(false);
  }

  /**
   * Of a conversation of one's own each message; of the lobby those that name the reader.
   * @param {Conversation} conversation
   * @param {import('./log.js').Item} item
   */
  message(conversation, item) {
    if (this.state !== 'on' || document.hasFocus()) return;
    const { kind, self } = conversation;
    if (kind === 'public' && !item.mentioned?.includes(self) && !mentions(item.body, self)) return;
    this.#waiting.set(conversation, item);
    if (this.#timer === 0) this.#timer = setTimeout(() => this.#flush(), PatienceMilliseconds);
  }

  #flush() {
    this.#timer = 0;
    const waiting = [...this.#waiting].filter(([{ lastRead, muted, log }, { seq }]) =>
      seq > lastRead && !muted && !log.at(seq)?.deleted);
    this.#waiting.clear();
    if (document.hasFocus()) return;
    if (waiting.length > MostAtOnce) {
      const newest = waiting.map(([conversation, item]) => `${conversation.id} ${item.seq}`).sort().join();
      const body = words.manyConversations(waiting.length);
      this.#claim(newest, () => this.#show(words.app, { body, tag: 'chat' }, null));
    } else for (const [conversation, item] of waiting) {
      const who = shownUser(item.sender);
      const title = conversation.direct ? who : words.notifiedIn(who, conversation.name);
      this.#claim(`${conversation.id} ${item.seq}`,
        () => this.#show(title, { body: preview(item.body), tag: conversation.id }, conversation.id));
    }
  }

  // Whichever tab is first shows it. Where tabs cannot agree the tag makes one of several.
  #claim(what, show) {
    const { locks } = navigator;
    if (!locks) return show();
    locks.request(`chat-notification ${what}`, { ifAvailable: true }, lock => {
      if (lock === null) return null;
      show();
      return new Promise(resolve => { setTimeout(resolve, ClaimedMilliseconds); });
    }).catch(show);
  }

  #show(title, options, id) {
    try {
      const shown = new Notification(title, { icon: 'app/icon.svg', ...options });
      shown.onclick = () => {
        window.focus();
        if (id !== null) location.hash = `#/c/${id}`;
        shown.close();
      };
    } catch {
      // Some phones allow notifications to service workers only.
    }
  }
}

export const notifier = new Notifier();
