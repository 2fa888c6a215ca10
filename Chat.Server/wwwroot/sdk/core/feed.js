import { ChatDisconnectedError, ChatRefusedError, mayPass } from './errors.js';
import { Backoff } from './backoff.js';
import { readPage } from './entries.js';
import { concerns, without } from './fold.js';

const lingerMilliseconds = 2_000;
const stretch = 500;

/** Approximate memory of a conversation's entries; a larger entry is kept alone. */
const keepBytes = 4 * 1024 * 1024;

/**
 * The client's end of one conversation's log: the newest entries in memory, and its readers. Readers are cursors, not
 * queues.
 *
 * The memory ends at the newest sequence that the server has reported. An entry after a hole empties it and starts it
 * again; a repeated entry is dropped. Readers get what the memory lacks from history. So an entry that a connection
 * loses, repeats or reorders never disturbs a reader.
 */
export class Feed {
  #link;
  #clock;
  #keep;
  #onOver;
  #onMissed;
  /** The newest sequence when the last reader went. */
  #seen = 0;
  /** @type {any[]} */
  #ring = [];
  #bytes = 0;
  /** @type {Set<import('./reader.js').Reader>} */
  #readers = new Set();
  #joined = null;
  /** The generation of the log; empty while it is not known. */
  #generation = '';
  /** The number of changes of the generation, now and when the conversation was joined. */
  #changes = 0;
  #joinedAfter = 0;
  #onDiscontinuity;
  #checking = false;
  #again = false;
  #linger = null;

  /**
   * @param {string} conversation
   * @param {import('./link.js').Link} link
   * @param {{clock: import('../chat-client.js').Clock, keepEntries: number, onDiscontinuity?: (after: number) => void}}
   *   options
   * @param {(feed: Feed) => void} onOver it is not used any more, or it has ended
   * @param {() => void} onMissed entries came while there was no reader and it was not left yet: nothing else reports
   *   them
   */
  constructor(conversation, link, options, onOver, onMissed) {
    this.conversation = conversation;
    this.#link = link;
    this.#clock = options.clock;
    this.#keep = options.keepEntries;
    this.#onOver = onOver;
    this.#onMissed = onMissed;
    this.#onDiscontinuity = options.onDiscontinuity ?? (() => {});
    /** The newest sequence; null while it is not known. @type {number | null} */
    this.head = null;
    this.isOver = false;
    /** What ended it; null: the user was removed, or it has not ended. @type {Error | null} */
    this.failure = null;
  }

  get link() {
    return this.#link;
  }

  /** The number of the session in which the conversation is joined, or null. */
  get joinedIn() {
    return this.#joined && !this.#joined.isOver ? this.#joined.number : null;
  }

  attach(reader) {
    this.#readers.add(reader);
    if (this.#linger !== null) this.#clock.clearTimeout(this.#linger);
    this.#linger = null;
    this.check();
  }

  detach(reader) {
    if (!this.#readers.delete(reader) || this.#readers.size > 0 || this.isOver) return;
    this.#seen = reader.cursor ?? this.head ?? 0;
    // A user who switches to another conversation and back at once has not left.
    this.#linger = this.#clock.setTimeout(() => {
      this.#linger = null;
      this.check();
    }, lingerMilliseconds);
  }

  /**
   * The reader's next step: entries to take; `page`: memory does not reach back to its cursor; `sleep`: it has seen
   * everything so far; `end`.
   * @param {number} cursor
   * @returns {any[] | 'page' | 'sleep' | 'end'}
   */
  next(cursor) {
    if (this.head !== null && cursor < this.head) {
      const first = this.head - this.#ring.length + 1;
      return cursor + 1 < first ? 'page' : this.#ring.slice(cursor + 1 - first, cursor + 1 - first + stretch);
    }
    return this.isOver ? 'end' : 'sleep';
  }

  /** Adds a pushed entry, whether it is the next one or not. @param {any} entry */
  accept(entry) {
    if (this.isOver) return;
    this.head ??= entry.sequence - 1;
    if (entry.sequence <= this.head) return;
    if (entry.sequence !== this.head + 1) this.#forget();
    if (entry.kind === 'messageDeleted' || entry.kind === 'contentErased') this.#erase(entry);
    this.#ring.push(entry);
    this.#bytes += bytesOf(entry);
    this.head = entry.sequence;
    if (this.#ring.length > 2 * this.#keep || this.#bytes > 2 * keepBytes) this.#trim();
    this.#wake();
  }

  /** What is gone is kept nowhere. @param {any} change */
  #erase(change) {
    this.#ring = this.#ring.map((held) => (concerns(change, held) ? without(held) : held));
    this.#bytes = this.#ring.reduce((sum, held) => sum + bytesOf(held), 0);
  }

  /**
   * Ends the feed, because the user was removed (null) or with a failure. Readers still get what is in memory. @param
   * {Error | null} failure
   */
  end(failure) {
    if (this.isOver) return;
    [this.isOver, this.failure] = [true, failure];
    if (this.#linger !== null) this.#clock.clearTimeout(this.#linger);
    this.#linger = null;
    this.#onOver(this);
    this.#wake();
  }

  /** The log was put back to an earlier state: asks the server where it continues. */
  generationChanged() {
    this.#changes++;
    this.check();
  }

  /** The session changed, or whether the conversation is wanted: joins or leaves, one call at a time. */
  check() {
    this.#again = true;
    if (this.#checking) return;
    this.#checking = true;
    this.#settle();
  }

  async #settle() {
    const backoff = new Backoff({ firstDelay: 400, maxDelay: 10_000 }, () => this.#clock.random());
    while (this.#again && !this.isOver) {
      this.#again = false;
      const wanted = this.#readers.size > 0 || this.#linger !== null;
      const { session } = this.#link;
      if (!wanted && (!session || this.#joined !== session)) return this.end(null);
      const isJoined = this.#joined === session && (!wanted || this.#joinedAfter === this.#changes);
      if (!session || isJoined === wanted) continue;
      try {
        if (wanted) await this.#join(session);
        else await this.#leave(session);
        this.#again = true;
      } catch (error) {
        if (mayPass(error)) await this.#link.pause(error.retryAfter ?? backoff.next());
        else if (!(error instanceof ChatDisconnectedError)) return this.end(error);
        else if (!session.isOver) await this.#link.endOf(session);
        this.#again = true;
      }
    }
    this.#checking = false;
  }

  async #join(session) {
    // Without a cursor: readers have different cursors, and each reads what it missed from history.
    const changes = this.#changes;
    const { afterSequence, generation = '' } = await session.invoke('Join', this.conversation);
    if (generation !== this.#generation && generation && this.#generation) await this.#restart(session, afterSequence);
    this.#generation = generation;
    this.#joinedAfter = changes;
    this.#joined = session;
    if (this.head === null || afterSequence > this.head) {
      this.head = afterSequence;
      this.#forget();
    }
    this.#wake();
  }

  /** The log was put back: each reader checks whether it has returned entries that no longer exist. */
  async #restart(session, afterSequence) {
    const query = { before: (this.head ?? 0) + 1, limit: stretch };
    const page = readPage(await session.invoke('History', this.conversation, query));
    this.head = afterSequence;
    this.#forget();
    const places = [...this.#readers].map((reader) => reader.compare(page)).filter((after) => after !== null);
    if (places.length > 0) this.#onDiscontinuity(Math.min(...places));
  }

  async #leave(session) {
    this.#joined = null;
    await session.invoke('Leave', this.conversation);
    if (this.#readers.size === 0 && (this.head ?? 0) > this.#seen) this.#onMissed();
  }

  #forget() {
    [this.#ring, this.#bytes] = [[], 0];
  }

  /** Down to half of the limit, so that not every entry moves all others. */
  #trim() {
    let first = this.#ring.length - 1, bytes = bytesOf(this.#ring[first]);
    const oldest = Math.max(0, this.#ring.length - this.#keep);
    for (let more; first > oldest; first--) {
      more = bytesOf(this.#ring[first - 1]);
      if (bytes + more > keepBytes) break;
      bytes += more;
    }
    this.#ring = this.#ring.slice(first);
    this.#bytes = bytes;
  }

  #wake() {
    for (const reader of this.#readers) reader.wake();
  }
}

/** The approximate size of an entry: its strings, and a constant for the rest. @param {any} entry */
function bytesOf(entry) {
  const ids = entry.participantIds ? entry.participantIds.join().length : 0;
  const meta = entry.attachmentMeta ? JSON.stringify(entry.attachmentMeta).length : 0;
  return 400 + 2 * ((entry.body?.length ?? 0) + (entry.attachmentUrl?.length ?? 0) + ids + meta);
}

/** The error of a reader whose cursor is beyond the end. @param {number} head */
export const beyondTheEnd = (head) =>
  new ChatRefusedError('bad_request', `after must be at most ${head}, the conversation's newest sequence`);
