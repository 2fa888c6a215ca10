// What is shown one below the other: the messages of a conversation, or of a thread of it. A stretch of it is held.

import { Log, MostAtEnd, MostAway } from './log.js';

const LookedBack = 500;

export class Stream {
  loading = false;
  failed = false;
  /** Whether its log has been loaded. */
  opened = false;
  /** How often it was loaded again. */
  loads = 0;
  /** The sequence that is to be brought into view; 0: none. */
  target = 0;
  /** Whether the reader is at the end of it. */
  atEnd = true;
  /** Whether entries after the log's end are being loaded. */
  loadingNewer = false;
  /** The first unread sequence when it was opened, above which "new" is drawn; 0: none. */
  newFrom = 0;
  /** Above which sequence it is said that the log was put back; 0: it was not. */
  putBackFrom = 0;
  /** The thread that it is, by its first message; null: it is the conversation. @type {number|null} */
  thread = null;

  /** Whether what is held is not the newest, because the reader has gone elsewhere. */
  get isElsewhere() {
    return !this.atEnd && this.log.last < this.last;
  }

  /** What its elements are called, which are there once. */
  get prefix() {
    return this.thread === null ? '' : 'thread-';
  }

  /** Where it is in addresses, and under which its draft is kept. */
  get place() {
    return this.id;
  }

  /** How its pages are asked for. */
  get query() {
    return { view: 'main' };
  }

  /** Likewise of what is not stored yet. @param {any} options it is sent with */
  showsPending({ thread = null, alsoInConversation = false }) {
    return thread === null || alsoInConversation;
  }

  /** Whether it is shown here. @param {import('./log.js').Item} item */
  shows = item => item.type !== 'hidden' && item.inMain;

  /** Which message one answers, as far as that is not plain to see; null: none. @param {any} item */
  answered = ({ replyTo, thread }) => replyTo ?? thread;

  /** Whether a message of one's own has arrived. @param {string} key The one it was sent with. */
  holds(key) {
    return this.log.items.slice(-LookedBack).some(item => item.key === key && item.sender === this.self);
  }

  /** What comes, in order. @param {import('./log.js').Item[]} items */
  receive(items) {
    // Far up in a full log what comes is loaded when the reader comes down.
    if (this.atEnd || !this.log.full) this.log.append(items, this.shows);
    if (!this.opened) this.log.trim(MostAway);
    else if (this.atEnd) this.log.trim(MostAtEnd);
  }

  /** Holds another stretch from now on. @param {Log} log */
  hold(log) {
    this.loads++;
    this.log = log;
    [this.opened, this.failed, this.atEnd] = [true, false, false];
  }

  /** The log is loaded again, from its end. */
  forget() {
    this.loads++;
    this.log = new Log(this.last, this.log.begin);
    [this.opened, this.failed, this.atEnd] = [false, false, true];
  }
}
