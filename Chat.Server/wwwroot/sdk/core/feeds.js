import { Feed } from './feed.js';

/** The feeds of the conversations that are read now, by conversation. */
export class Feeds {
  /** @type {Map<string, Feed>} */
  #feeds = new Map();
  #link;
  #options;
  #events;
  #onLeft;

  /**
   * @param {import('./link.js').Link} link
   * @param {{clock: import('../chat-client.js').Clock, keepEntries: number}} options
   * @param {import('./events.js').Events} events
   * @param {() => void} onLeft a conversation that had no readers was left
   */
  constructor(link, options, events, onLeft) {
    this.#link = link;
    this.#options = options;
    this.#events = events;
    this.#onLeft = onLeft;
    link.onSession(() => this.#each((feed) => feed.check()));
  }

  /** An entry came. @param {any} entry */
  accept(entry) {
    this.#feeds.get(entry.conversationId)?.accept(entry);
  }

  /** The log of a conversation may have been put back. @param {string} id */
  generationChanged(id) {
    this.#feeds.get(id)?.generationChanged();
  }

  /** The one of a conversation, made if there is none. @param {string} conversation */
  of(conversation) {
    let feed = this.#feeds.get(conversation);
    if (!feed) {
      const onDiscontinuity = (after) => this.#events.emit('discontinuity', { conversationId: conversation, after });
      feed = new Feed(conversation, this.#link, { ...this.#options, onDiscontinuity }, (over) => {
        if (this.#feeds.get(conversation) === over) this.#feeds.delete(conversation);
      }, this.#onLeft);
      this.#feeds.set(conversation, feed);
    }
    return feed;
  }

  /** The user was removed from the conversation: readers get what is in memory, then the end. @param {string} id */
  closed(id) {
    this.#feeds.get(id)?.end(null);
  }

  /** There is nothing to wait for: readers get what is in memory, then the reason. @param {Error} reason */
  end(reason) {
    this.#each((feed) => feed.end(reason));
  }

  #each(action) {
    for (const feed of [...this.#feeds.values()]) action(feed);
  }
}
