import { guarded } from './events.js';
import { Reader } from './reader.js';

/** A reader that passes entries to callbacks, in batches. */
export class Following {
  #reader;
  #feed;
  #handlers;
  #joinedIn = null;
  #caughtUpIn = null;
  #onClose;

  /**
   * @param {import('./feed.js').Feed} feed
   * @param {import('../chat-client.js').FollowHandlers} handlers
   * @param {import('../chat-client.js').Clock} clock
   * @param {(following: Following) => void} onClose
   */
  constructor(feed, handlers, clock, onClose) {
    this.#feed = feed;
    this.#handlers = handlers;
    this.#onClose = onClose;
    this.#reader = new Reader(
      feed, handlers.after, clock, () => this.#progress(), (after) => this.#discontinuity(after), handlers.afterEntry);
    this.#run();
  }

  get conversation() {
    return this.#feed.conversation;
  }

  /** The last sequence that was passed on. */
  get cursor() {
    return this.#reader.cursor;
  }

  close() {
    this.#reader.close();
    this.#onClose(this);
  }

  /** @param {{type: string, value: unknown}} signal */
  signal(signal) {
    if (!this.#reader.isClosed) guarded(/** @type {any} */ (this.#handlers.onSignal), signal);
  }

  async #run() {
    let failure = null;
    try {
      for (;;) {
        const entries = await this.#reader.next(nextFrame);
        if (entries === null) break;
        guarded(this.#handlers.onEntries, entries, { behind: this.#reader.behind });
      }
    } catch (error) {
      failure = error;
    }
    if (this.#reader.isClosed) return;
    this.close();
    guarded(this.#handlers.onEnd, failure);
  }

  #discontinuity(after) {
    if (!this.#reader.isClosed) guarded(this.#handlers.onDiscontinuity, { after });
  }

  #progress() {
    const { joinedIn } = this.#feed;
    if (joinedIn === null || this.#reader.isClosed) return;
    const { behind } = this.#reader;
    if (joinedIn !== this.#joinedIn) {
      this.#joinedIn = joinedIn;
      guarded(this.#handlers.onJoined, { head: this.#feed.head, behind });
    }
    if (behind === 0 && joinedIn !== this.#caughtUpIn) {
      this.#caughtUpIn = joinedIn;
      guarded(this.#handlers.onCaughtUp);
    }
  }
}

/** The next frame of a visible page; hidden pages and Node have no frames. */
function nextFrame() {
  const { document, requestAnimationFrame } = /** @type {any} */ (globalThis);
  if (!requestAnimationFrame || document?.visibilityState !== 'visible')
    return new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve(undefined);
    };
    const timer = setTimeout(done, 100); // hidden meanwhile
    const frame = requestAnimationFrame(done);
  });
}
