// A stretch of what a conversation or a thread shows, without holes, as this page holds it. Pure.

import { fold } from '../sdk/core/fold.js';
import { shownUser } from './profiles.js';
import { reactionsIn } from './reactions.js';
import { noteWords } from './words.js';

/** What a page holds of one conversation at most, whichever is reached first. */
export const Most = { items: 2_000, bytes: 8 * 1024 * 1024 };

/** What it keeps while the reader is at the end. */
export const MostAtEnd = { items: 500, bytes: 4 * 1024 * 1024 };

/** What it keeps of one that is not open. */
export const MostAway = { items: 100, bytes: 512 * 1024 };

/**
 * @typedef {object} Item An entry, with what rendering needs many times worked out once.
 * @property {number} seq
 * @property {'message'|'note'|'hidden'} type A note is what is no message: somebody joined, for instance. What has no
 *   words for it is hidden.
 * @property {boolean} moves Whether it changes who takes part.
 * @property {any} settings The entry, where it changes title, topic, picture, archive or slow mode; else null.
 * @property {string} sender
 * @property {number} at Milliseconds since 1970.
 * @property {string} body
 * @property {string|null} key The dedupe key it was sent with.
 * @property {string|null} attachment
 * @property {number} version The sequence of its newest change, or its own.
 * @property {boolean} deleted @property {boolean} edited
 * @property {{url: string, name: string|null}[]|null} attachments Where there are several, or they have names.
 * @property {number|null} replyTo The message that it answers.
 * @property {number|null} thread The first message of the thread that it stands in.
 * @property {boolean} inMain Whether the conversation shows it, and not its thread alone.
 * @property {{count: number, lastSequence: number}|null} replies Of the first message of a thread.
 * @property {boolean} pinned
 * @property {import('./reactions.js').Reactions|null} reactions
 * @property {number} asOf Up to which sequence replies, pin and reactions are right: later ones are applied to them.
 * @property {{seq: number, isOn: boolean}|null} pin That a message is pinned from now on, or not any more.
 * @property {any} reacted An entry that says which reactions a message has.
 * @property {string[]|null} mentioned Whom it names.
 * @property {boolean} forAll Whether it names everybody.
 * @property {Item|null} [original] Of one that was edited: as it was sent.
 * @property {any} [erasure] Says what content is gone.
 * @property {any} change An edit or a deletion: the entry that says of which message.
 */

/**
 * @param {any} entry As the server shows it.
 * @param {{current?: any, head?: number}} [page] Of a page: what became of the message, as of which sequence.
 * @returns {Item}
 */
export function itemOf(entry, { current, head = entry.sequence } = {}) {
  const message = entry.kind === 'message', thread = entry.thread ?? null;
  const said = saidIn(message ? entry : { body: noteOf(entry) });
  const moves = entry.kind === 'participantsAdded' || entry.kind === 'participantRemoved';
  const item = {
    seq: entry.sequence,
    id: entry.id,
    createdAt: entry.createdAt,
    type: message ? 'message' : said.body ? 'note' : 'hidden',
    moves,
    roles: moves || entry.kind === 'roleChanged',
    settings: entry.kind === 'conversationChanged' ? entry : null,
    sender: entry.senderId,
    at: Date.parse(entry.createdAt),
    ...said,
    key: entry.dedupeKey ?? null,
    replyTo: entry.replyTo ?? null,
    thread,
    inMain: thread === null || entry.alsoInConversation === true,
    replies: current?.replies ?? null,
    pinned: current?.pinned ?? false,
    reactions: reactionsIn(current ?? {}),
    asOf: head,
    pin: isPin(entry) ? { seq: entry.targetSequence, isOn: entry.kind === 'pinned' } : null,
    reacted: entry.kind === 'reactionsChanged' ? entry : null,
    version: entry.sequence,
    deleted: message && entry.erased === true,
    edited: false,
    change: isChange(entry) ? entry : null,
    erasure: entry.kind === 'contentErased' ? entry : null,
  };
  // Whom a note is about may be called otherwise by the time that it is drawn.
  if (item.type === 'note') Object.defineProperty(item, 'body', { get: () => noteOf(entry), enumerable: true });
  return item;
}

/** What a message says, and an edit of it says instead. @param {any} entry */
const saidIn = ({ body, attachmentUrl = null, attachmentMeta = null, attachments = null, mentions }) => ({
  body: body ?? '', attachment: attachmentUrl, meta: attachmentMeta, attachments, mentioned: mentions?.users ?? null,
  forAll: mentions?.everyone ?? false,
});

const isChange = ({ kind }) => kind === 'messageEdited' || kind === 'messageDeleted';

const isPin = ({ kind }) => kind === 'pinned' || kind === 'unpinned';

/** A message after a change of it. @param {Item} item @param {any} change an entry @returns {Item} */
export function changed(item, change) {
  if (item.deleted || change.sequence <= item.version) return item;
  // A change replaces all that the message said.
  const after = fold(/** @type {any} */ ({}), change), deleted = after.erased === true;
  return {
    ...item, ...saidIn(after), version: change.sequence, deleted, edited: !deleted, pinned: item.pinned && !deleted,
    reactions: deleted ? null : item.reactions, original: deleted ? null : item.original ?? item,
  };
}

/** What is left of a message. @param {Item} item @returns {Item} */
const emptied = item => ({
  ...item, ...saidIn({}), deleted: true, edited: false, pinned: false, reactions: null, original: null,
});

export class Log {
  /** What is shown, ascending. @type {Item[]} */
  items = [];
  #bytes = 0;

  /**
   * @param {number} after The stretch begins behind this sequence.
   * @param {number} [begin] Behind which there is a beginning.
   */
  constructor(after, begin = 0) {
    this.after = after;
    /** The newest sequence of the stretch, or the one that it begins behind. */
    this.last = after;
    this.begin = begin;
  }

  /** Whether it goes back to the beginning. */
  get whole() {
    return this.after <= this.begin;
  }

  /** Whether it holds as much as it may. */
  get full() {
    return this.items.length >= Most.items || this.#bytes >= Most.bytes;
  }

  /** Whether it is known what is there, and be it nothing that is shown. @param {number} seq */
  covers(seq) {
    return seq > this.after && seq <= this.last;
  }

  /** @param {number} seq @returns {Item|undefined} */
  at(seq) {
    const item = this.items[this.place(seq)];
    return item?.seq === seq ? item : undefined;
  }

  /** Which of the items is the first that is not before this sequence. @param {number} seq */
  place(seq) {
    let low = 0, high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.items[middle].seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many items are from one sequence to another. @param {number} from @param {number} to */
  count(from, to) {
    return Math.max(0, this.place(to + 1) - this.place(from));
  }

  /** The sequence so many items further on; at most an end of the stretch. @param {number} seq @param {number} by */
  step(seq, by) {
    const place = this.place(seq) + by;
    return place < 0 ? this.after + 1 : this.items[place]?.seq ?? this.last;
  }

  /**
   * @param {Item[]} items All that comes next, without a hole; what is held already, and what is after a hole, is
   *   passed over.
   * @param {(item: Item) => boolean} shows Which of it is held.
   */
  append(items, shows = item => item.type !== 'hidden') {
    for (const item of items) {
      if (item.seq !== this.last + 1) continue;
      this.last = item.seq;
      if (shows(item)) this.#add(item);
    }
  }

  /** @param {Item[]} items All that is shown next, @param {number} to up to this sequence. */
  extend(items, to) {
    for (const item of items) if (item.seq > this.last) this.#add(item);
    this.last = Math.max(this.last, to);
  }

  /** @param {Item[]} items All that is shown before this stretch, @param {number} after behind this sequence. */
  prepend(items, after) {
    if (after >= this.after) return;
    const older = items.filter(item => item.seq <= this.after);
    this.items = older.concat(this.items);
    for (const item of older) this.#bytes += bytesOf(item);
    this.after = after;
  }

  /** Puts an item in the place of the one it was made of. @param {Item} item */
  replace(item) {
    const at = this.place(item.seq);
    if (this.items[at]?.seq !== item.seq) return;
    this.#bytes += bytesOf(item) - bytesOf(this.items[at]);
    this.items[at] = item;
  }

  /** Puts what the callback makes of each in its place. @param {(item: Item) => Item} change */
  map(change) {
    this.items = this.items.map(change);
    this.#keep(0, this.items.length);
  }

  /** The log was put back: what is after this sequence is there no more. @param {number} seq */
  cut(seq) {
    // What was known of a message beyond holds until it is told again.
    this.items = this.items.map(item => (item.version > seq ? item.original ?? item : item))
      .map(item => (item.asOf > seq ? { ...item, asOf: seq } : item));
    this.#keep(0, this.place(seq + 1));
    [this.after, this.last] = [Math.min(this.after, seq), Math.min(this.last, seq)];
  }

  /** Lets go of what is old, once there is twice as much as is kept. @param {{items: number, bytes: number}} keep */
  trim(keep) {
    if (this.items.length <= keep.items * 2 && this.#bytes <= keep.bytes * 2) return;
    let first = this.items.length, bytes = 0;
    const oldest = Math.max(0, first - keep.items);
    while (first > oldest && bytes <= keep.bytes) bytes += bytesOf(this.items[--first]);
    if (first > 0) this.after = this.items[first].seq - 1;
    this.#keep(first, this.items.length);
  }

  /** Lets go of the newest, for a reader far up. */
  trimEnd() {
    if (!this.full) return;
    let end = 0, bytes = 0;
    const newest = Math.min(this.items.length, Most.items / 2);
    while (end < newest && bytes <= Most.bytes / 2) bytes += bytesOf(this.items[end++]);
    if (end < this.items.length) this.last = this.items[end].seq - 1;
    this.#keep(0, end);
  }

  #add(item) {
    this.items.push(item);
    this.#bytes += bytesOf(item);
  }

  #keep(first, end) {
    this.items = this.items.slice(first, end);
    this.#bytes = this.items.reduce((sum, item) => sum + bytesOf(item), 0);
  }
}

const bytesOf = item =>
  300 + 2 * (item.body.length + (item.attachment?.length ?? 0)) + 100 * (item.reactions?.counts.length ?? 0)
  + (item.original ? bytesOf(item.original) : 0);

function noteOf(entry) {
  const who = shownUser(entry.senderId);
  switch (entry.kind) {
    case 'conversationCreated':
      return noteWords.created(who);
    case 'participantsAdded':
      return noteWords.added(who, entry.participantIds.map(shownUser).join(', '));
    case 'participantRemoved':
      if (entry.participantId === entry.senderId) return noteWords.left(who);
      return noteWords.removed(who, shownUser(entry.participantId));
    case 'roleChanged':
      return noteWords.roleChanged(who, shownUser(entry.participantId), entry.role);
    case 'conversationChanged':
      return noteWords.changed(who, entry);
    default:
      return '';
  }
}

/** What is kept at most of one conversation, the newest. */
const MostChanges = { changes: 1_000, bytes: 1024 * 1024 };

/**
 * What became of messages: their newest edits and deletions, as far as this page has seen them. A message that is
 * loaded later is shown as it is now.
 */
export class Changes {
  /** @type {Map<number, any>} The newest change, as an entry, by the sequence of its message. */
  #newest = new Map();
  #bytes = 0;
  /** Up to where everything is erased, and what came before these entries of their users. */
  #through = 0;
  #users = new Map();

  /** Notes an erasure. @param {any} erasure an entry */
  erase({ throughSequence, userId, sequence }) {
    if (throughSequence != null) this.#through = Math.max(this.#through, throughSequence);
    else this.#users.set(userId, Math.max(this.#users.get(userId) ?? 0, sequence));
    for (const [target, { senderId }] of [...this.#newest]) {
      if (this.#isErased(target, senderId)) this.#forget(target);
    }
  }

  /** Notes a change; false: a newer one is known. @param {any} change an entry */
  note(change) {
    const { targetSequence: target } = change, known = this.#newest.get(target);
    if (known !== undefined && (known.sequence >= change.sequence || known.kind === 'messageDeleted')) return false;
    this.#forget(target);
    this.#newest.set(target, change);
    this.#bytes += weightOf(change);
    while (this.#newest.size > MostChanges.changes || this.#bytes > MostChanges.bytes) {
      this.#forget(this.#newest.keys().next().value);
    }
    return true;
  }

  /** The item as it is now. @param {Item} item @returns {Item} */
  of(item) {
    if (item.type !== 'message') return item;
    if (this.#isErased(item.seq, item.sender)) return item.deleted ? item : emptied(item);
    const change = this.#newest.get(item.seq);
    return change === undefined ? item : changed(item, change);
  }

  /** The log was put back: what came after this sequence did not happen. @param {number} seq */
  cut(seq) {
    this.#through = 0;
    this.#users.clear();
    for (const [target, change] of [...this.#newest]) if (change.sequence > seq) this.#forget(target);
  }

  #isErased(seq, sender) {
    return seq <= this.#through || seq < this.#users.get(sender);
  }

  #forget(target) {
    const known = this.#newest.get(target);
    if (known === undefined) return;
    this.#newest.delete(target);
    this.#bytes -= weightOf(known);
  }
}

const weightOf = change => 300 + 2 * ((change.body?.length ?? 0) + (change.attachmentUrl?.length ?? 0));
