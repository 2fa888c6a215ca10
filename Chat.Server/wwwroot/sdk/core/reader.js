import { readPage } from './entries.js';
import { Backoff } from './backoff.js';
import { beyondTheEnd } from './feed.js';

const pageSize = 500;

/** One consumer of a feed: a cursor. One call at a time. */
export class Reader {
  #feed;
  #after;
  #clock;
  #onProgress;
  #onDiscontinuity;
  /** The last entry that was returned; null: none. */
  #last;
  #restarts = 0;
  #aborted = new AbortController();
  #started = false;
  /** @type {() => void} */
  #wakeUp = () => {};
  #woken = false;

  /**
   * @param {import('./feed.js').Feed} feed
   * @param {number | null | undefined} after
   * @param {import('../chat-client.js').Clock} clock
   * @param {() => void} [onProgress] called before it sleeps, and after it was woken
   * @param {(after: number) => void} [onDiscontinuity] entries that were returned after this sequence no longer exist
   * @param {any} [last] the entry at the starting place, if known
   */
  constructor(feed, after, clock, onProgress = () => {}, onDiscontinuity = () => {}, last = null) {
    this.#feed = feed;
    this.#after = after ?? null;
    this.#clock = clock;
    this.#onProgress = onProgress;
    this.#onDiscontinuity = onDiscontinuity;
    this.#last = last;
    /** The last sequence that was returned. @type {number | null} */
    this.cursor = this.#after;
    feed.attach(this);
  }

  get isClosed() {
    return this.#aborted.signal.aborted;
  }

  /** Entries that are known and not yet returned. */
  get behind() {
    return this.cursor === null || this.#feed.head === null ? 0 : Math.max(0, this.#feed.head - this.cursor);
  }

  /** Called by the feed: there are new entries. */
  wake() {
    this.#woken = true;
    this.#wakeUp();
  }

  /**
   * Called by the feed: the log was put back, and this is its new end. Entries never change, so a log that has the last
   * returned entry has all before it. Times increase along a log: if it has not, the entries that are not later are
   * those that both logs have.
   * @param {{entries: any[], head: number}} page
   * @returns {number | null} where it continues; null when nothing was lost
   */
  compare({ entries, head }) {
    this.#restarts++;
    const last = this.#last, cursor = this.cursor;
    const first = entries.length > 0 ? entries[0].sequence : head + 1;
    if (cursor === null || (cursor <= head && (last === null || cursor < first))) return null;
    if (last !== null && entries.some((entry) => entry.id === last.id)) return null;
    if (last === null) this.cursor = head;
    else {
      const common = entries.filter((entry) => entry.createdAt <= last.createdAt).pop()?.sequence ?? first - 1;
      this.cursor = Math.min(common, cursor - 1);
    }
    this.#last = entries.find((entry) => entry.sequence === this.cursor) ?? null;
    this.#onDiscontinuity(this.cursor);
    this.wake();
    return this.cursor;
  }

  close() {
    this.#feed.detach(this);
    this.#aborted.abort(new Error('The reader was closed.'));
    this.wake();
  }

  /**
   * The next entries, at least one, as soon as there are any; null at the end.
   * @param {() => Promise<void>} [pace] awaited before entries are taken, so that more may come meanwhile
   * @returns {Promise<any[] | null>}
   */
  async next(pace) {
    await this.#start();
    const backoff = new Backoff({ firstDelay: 100, maxDelay: 5_000 }, () => this.#clock.random());
    while (!this.isClosed) {
      this.#onProgress();
      let step = this.#feed.next(/** @type {number} */ (this.cursor));
      if (step === 'end') {
        if (this.#feed.failure) throw this.#feed.failure;
        return null;
      }
      if (step === 'sleep') {
        await this.#sleep();
        continue;
      }
      if (pace) {
        await pace();
        if (this.isClosed) return null;
        step = this.#feed.next(/** @type {number} */ (this.cursor));
      }
      // Without a client there is no history.
      if (step === 'page' && this.#feed.failure) throw this.#feed.failure;
      const restarts = this.#restarts;
      const entries = Array.isArray(step) ? step : await this.#page();
      if (this.isClosed) return null;
      if (restarts !== this.#restarts) continue;
      if (entries.length > 0) {
        this.#last = entries[entries.length - 1];
        this.cursor = this.#last.sequence;
        return entries;
      }
      // History does not have an entry yet that was pushed: the server reads from a database that is behind.
      await this.#feed.link.pause(backoff.next(), this.#aborted.signal);
    }
    return null;
  }

  async #start() {
    if (this.#started) return;
    while (this.#feed.head === null && !this.isClosed) {
      if (this.#feed.isOver) {
        if (this.#feed.failure) throw this.#feed.failure;
        break;
      }
      await this.#sleep();
    }
    this.#started = true;
    this.cursor ??= this.#feed.head ?? 0;
    if (this.#feed.head !== null && this.cursor > this.#feed.head && !this.isClosed) {
      // The head in the answer to a join may be behind; history's is the database's.
      const page = await this.#history({ after: this.cursor, limit: 1 });
      if (page.entries.length === 0 && page.head < this.cursor) throw beyondTheEnd(page.head);
    }
  }

  async #sleep() {
    if (!this.#woken) await new Promise((resolve) => { this.#wakeUp = () => resolve(undefined); });
    this.#woken = false;
  }

  /** The entries of the page that follow the cursor without a hole: all of them, unless the server has a fault. */
  async #page() {
    const { entries } = await this.#history({ after: this.cursor, limit: pageSize });
    let whole = 0;
    while (whole < entries.length && entries[whole].sequence === /** @type {number} */ (this.cursor) + 1 + whole)
      whole++;
    return entries.slice(0, whole);
  }

  async #history(query) {
    return readPage(await this.#feed.link.call(true, this.#aborted.signal, 'History', this.#feed.conversation, query));
  }
}

/**
 * Every entry after a sequence, one at a time, until the end; the signal ends it, too.
 * @param {import('./feed.js').Feed} feed
 * @param {number | null} after
 * @param {import('../chat-client.js').Clock} clock
 * @param {AbortSignal} [signal]
 */
export async function* entriesAfter(feed, after, clock, signal) {
  const reader = new Reader(feed, after, clock);
  const close = () => reader.close();
  signal?.addEventListener('abort', close, { once: true });
  try {
    for (let entries; (entries = await reader.next()) !== null;) {
      for (const entry of entries) {
        yield entry;
        signal?.throwIfAborted();
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    reader.close();
    signal?.removeEventListener('abort', close);
  }
  signal?.throwIfAborted();
}
