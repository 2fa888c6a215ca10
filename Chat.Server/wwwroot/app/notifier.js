// Notifications of the system, for who asked for them, while the page is not looked at.

import { notifications } from './stored.js';
import { preview } from './text.js';

export class Notifier {
  #changed;
  #open;

  /** @param {{changed: () => void, open: (id: string) => void}} calls */
  constructor({ changed, open }) {
    this.#changed = changed;
    this.#open = open;
  }

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
    this.#changed();
  }

  turnOff() {
    notifications.set(false);
    this.#changed();
  }

  /** Of a conversation of one's own each message; of the lobby those that name the reader. */
  message(conversation, item) {
    if (this.state !== 'on' || document.hasFocus()) return;
    if (conversation.kind === 'public' && !item.body.toLocaleLowerCase().includes(conversation.self.toLocaleLowerCase())) return;
    try {
      // One a conversation: the next takes its place, in all tabs.
      const shown = new Notification(conversation.direct ? item.sender : `${item.sender} in ${conversation.name}`, { body: preview(item.body), tag: conversation.id, icon: 'app/icon.svg' });
      shown.onclick = () => {
        window.focus();
        this.#open(conversation.id);
        shown.close();
      };
    } catch {
      // Some phones allow notifications to service workers only.
    }
  }
}
