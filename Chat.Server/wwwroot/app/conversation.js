// One conversation as this page knows it: what its summary says, and a stretch of its log while it is open.

import { Changes, Log, MostAway, changed, itemOf } from './log.js';
import { several } from './people.js';
import { afterEntry } from './reactions.js';
import { Stream } from './stream.js';
import { words } from './words.js';

const TypingShownMilliseconds = 8_000;
const MostQuoted = 200, MostNews = 200;
/** So many that nobody counts them. */
const ManyUnread = 100;

export class Conversation extends Stream {
  /** @type {Map<string, number>} Who types, and when that was last said. */
  typing = new Map();
  /** @type {Map<string, number>} How far the others have read. */
  readTo = new Map();
  /** @type {Map<string, {online: boolean, lastSeenAt: string|null}>|null} Its people; null until they are known. */
  people = null;
  onlineCount = 0;
  /** How often was asked who they are. */
  peopleAsked = 0;
  /** @type {string[]|null} Who takes part; null until known, and for the lobby. */
  names = null;
  /** Up to which sequence the names are right. */
  namedAt = 0;
  /** @type {number|null} How many entries are known to come; null while it is not joined. */
  behind = null;
  closed = false;
  /** Nobody writes there any more. */
  isArchived = false;
  /** @type {string|null} What it is about. */
  topic = null;
  /** @type {string|null} Where its picture is. */
  avatarUrl = null;
  /** The thread of it that is open beside it. @type {import('./thread.js').Thread|null} */
  side = null;
  /** Messages that others answer, and that are not in the log as far as it is held. @type {Map<number, any>} */
  #quoted = new Map();
  /** What became of messages. */
  #changes = new Changes();
  /** What came of replies, pins and reactions: a page may be older. @type {News[]} */
  #news = [];
  /** @type {import('../sdk/chat-client.js').Following|null} */
  follower = null;
  /** What the user is there, as of which change of roles. @type {{role: string|null, at: number}} */
  own = { role: null, at: -1 };
  /** Marked as unread: it stays so until it is opened again, or the user writes there. */
  isKeptUnread = false;
  /** Messages of others that came after what was read. */
  unread = 0;
  /** The newest message that names the user in particular, as far as that is known; 0: none. */
  mentionedAt = 0;

  constructor(summary, self) {
    super();
    this.id = summary.id;
    /** Counts changes of roles. */
    this.rolesVersion = 0;
    this.kind = summary.kind;
    this.createdAt = Date.parse(summary.createdAt);
    this.self = self;
    this.last = summary.lastSequence;
    this.log = new Log(this.last);
    this.lastRead = summary.lastReadSequence;
    /** The newest that is shown, and the newest of all. @type {import('./log.js').Item|null} */
    this.newest = this.tail = null;
    // A user who comes to the lobby for the first time has missed nothing.
    if (this.kind === 'public' && this.lastRead === 0) this.lastRead = this.last;
    this.apply(summary);
  }

  /** Who writes there at this moment. */
  get typists() {
    const since = performance.now() - TypingShownMilliseconds;
    return [...this.typing].filter(([, at]) => at > since).map(([user]) => user);
  }

  /** What the server says of it now; entries that a follower brings are newer. @param {any} summary */
  apply(summary) {
    this.muted = summary.isMuted ?? false;
    const isNews = this.newest === null || summary.lastSequence > this.last;
    if (summary.lastSequence < this.last) return;
    const { title, topic = null, avatarUrl = null, isArchived = false } = summary;
    Object.assign(this, { title, topic, avatarUrl, isArchived });
    const isNext = summary.lastSequence === this.last + 1;
    this.last = summary.lastSequence;
    if (isNews) this.#summarized(summary.lastEntry ? itemOf(summary.lastEntry) : null);
    if (isNext) this.#named(this.newest);
    this.#readTo(summary);
    if (this.follower === null) this.#counted(summary);
    else this.#countHeld();
  }

  // Marked as unread it is read less far than before.
  #readTo({ lastReadSequence, unreadFrom = null }) {
    if (unreadFrom === null) this.lastRead = Math.max(this.lastRead, lastReadSequence);
    else this.lastRead = Math.min(unreadFrom, lastReadSequence);
  }

  // What nobody sees is not the newest of what is seen.
  #summarized(item) {
    if (item?.change && this.newest !== null) return this.#noted(item.change);
    this.newest = item?.change ? afterChange(item) : item;
    this.#mentionedIn(this.newest);
  }

  /** Whether one can write there at all. */
  get isOpen() {
    return !this.closed && !this.isArchived;
  }

  get activeAt() {
    return this.newest?.at ?? this.createdAt;
  }

  get direct() {
    return this.kind === 'direct';
  }

  /** The other one of a direct conversation; null while not known. */
  get peer() {
    return this.direct ? this.names?.find(name => name !== this.self) ?? null : null;
  }

  get name() {
    if (this.title) return this.title;
    if (this.kind === 'public') return words.lobby;
    if (this.names === null) return words.unnamed;
    return several(this.names.filter(name => name !== this.self)) || words.justYou;
  }

  /** Whether it has to be asked who takes part. */
  get needsNames() {
    return !this.title && this.kind !== 'public' && (this.names === null || (!this.direct && this.namedAt < this.last));
  }

  /** How far somebody else has read; messages up to there have their second tick. */
  get othersReadTo() {
    let furthest = 0;
    for (const [user, seq] of this.readTo) if (user !== this.self && seq > furthest) furthest = seq;
    return furthest;
  }

  /** Who else has read a message, besides who wrote it. @param {import('./log.js').Item} item */
  readersOf({ seq, sender }) {
    return [...this.readTo].filter(([user, to]) => to >= seq && user !== this.self && user !== sender)
      .map(([user]) => user).sort((a, b) => a.localeCompare(b));
  }

  /**
   * Entries as they are shown, with what became of them.
   * @param {any[]} entries
   * @param {{current?: any[]|null, head?: number}} [page] Of a page: what the server says of its messages.
   * @returns {import('./log.js').Item[]}
   */
  take(entries, { current, head } = {}) {
    const states = new Map(current?.map(state => [state.sequence, state]));
    const items = entries.map(entry => itemOf(entry, { current: states.get(entry.sequence), head }));
    for (const { sequence, version, deleted, ...said } of states.values()) {
      const kind = deleted ? 'messageDeleted' : 'messageEdited';
      if (version > sequence) this.#noted({ ...said, kind, sequence: version, targetSequence: sequence });
    }
    for (const { change, erasure } of items) {
      if (change !== null) this.#noted(change);
      if (erasure) this.#erased(erasure);
    }
    const news = head === undefined ? [] : this.#news.filter(({ seq }) => seq > head);
    return items.map(item => this.#changes.of(news.filter(({ of }) => of === item.seq).reduce(afterNews, item)));
  }

  /**
   * Changes a message wherever it is held.
   * @param {number} seq @param {(item: import('./log.js').Item) => import('./log.js').Item} change
   */
  change(seq, change) {
    for (const { log } of this.streams) {
      const held = log.at(seq);
      if (held?.type === 'message') log.replace(change(held));
    }
  }

  /** A message of which anything is shown. @param {number} seq @returns {import('./log.js').Item|undefined} */
  itemAt(seq) {
    return this.log.at(seq) ?? this.side?.log.at(seq);
  }

  /** What is shown of it: it, and a thread beside it. @returns {Stream[]} */
  get streams() {
    return this.side === null ? [this] : [this, this.side];
  }

  /** Which message a change is of that is not stored yet; undefined: one that is not here yet. @param {any} change */
  targetOf({ targetSequence, targetKey }) {
    return targetSequence ?? this.streams.flatMap(({ log }) => log.items).find(({ key }) => key === targetKey)?.seq;
  }

  /** A message that another one answers; undefined: it is not known yet. @param {number} seq */
  quoteOf(seq) {
    return this.itemAt(seq) ?? this.#quoted.get(seq);
  }

  /** Keeps a message that another one answers; null: there is none. @param {number} seq @param {any} item */
  quote(seq, item) {
    this.#quoted.set(seq, item);
    if (this.#quoted.size > MostQuoted) this.#quoted.delete(this.#quoted.keys().next().value);
  }

  /** Content is gone: nothing of it is shown, or kept. @param {any} erasure an entry */
  #erased(erasure) {
    this.#changes.erase(erasure);
    const now = item => item && this.#changes.of(item);
    for (const { log } of this.streams) log.map(now);
    for (const [seq, quoted] of this.#quoted) this.#quoted.set(seq, now(quoted));
    this.newest = now(this.newest);
    this.#countHeld();
  }

  /** An edit or a deletion: the message is another one from now on. @param {any} change an entry */
  #noted(change) {
    if (!this.#changes.note(change)) return;
    const seq = change.targetSequence;
    this.change(seq, held => changed(held, change));
    const quoted = this.#quoted.get(seq);
    if (quoted) this.#quoted.set(seq, changed(quoted, change));
    if (this.newest?.seq === seq) this.newest = changed(this.newest, change);
    if (change.kind === 'messageDeleted' && seq > this.lastRead) this.#countHeld();
  }

  /**
   * New entries, in order.
   * @param {import('./log.js').Item[]} items
   * @returns {boolean} whether who takes part changed
   */
  append(items) {
    for (const stream of this.streams) stream.receive(items);
    let moved = false;
    for (const item of items) {
      this.#stateMoved(item);
      if (item.seq <= this.last) continue;
      if (item.seq === this.last + 1) this.#named(item);
      this.last = item.seq;
      this.tail = item;
      if (this.shows(item)) this.newest = item;
      this.typing.delete(item.sender);
      moved ||= item.moves;
      if (item.roles) this.rolesVersion++;
      if (item.settings !== null) this.#changedBy(item.settings);
      if (item.seq <= this.lastRead) continue;
      this.#mentionedIn(item);
      if (this.isOfOthers(item)) this.unread++;
      else if (this.unread === 0) this.lastRead = item.seq; // nothing to read: one's own, a note
    }
    return moved;
  }

  // What does not change is null; what there is no more is empty.
  #changedBy({ title, topic, avatarUrl, isArchived }) {
    this.title = (title ?? this.title) || null;
    this.topic = (topic ?? this.topic) || null;
    this.avatarUrl = (avatarUrl ?? this.avatarUrl) || null;
    this.isArchived = isArchived ?? this.isArchived;
  }

  // A reply, a pin, reactions: what it says of the message that it is about.
  #newsOf({ thread, pin, reacted, change }) {
    if (thread !== null) {
      return [thread, ({ replies }, seq) => ({ replies: { count: (replies?.count ?? 0) + 1, lastSequence: seq } })];
    }
    if (pin !== null) return [pin.seq, () => ({ pinned: pin.isOn })];
    if (reacted !== null) {
      return [reacted.targetSequence, ({ reactions, deleted }) =>
        ({ reactions: deleted ? null : afterEntry(reactions, reacted, this.self) })];
    }
    const of = change?.kind === 'messageDeleted' ? this.itemAt(change.targetSequence)?.thread ?? null : null;
    return of === null ? null
      : [of, ({ replies }) => ({ replies: replies?.count > 1 ? { ...replies, count: replies.count - 1 } : null })];
  }

  #stateMoved(item) {
    const { seq } = item, found = this.#newsOf(item);
    if (found === null) return;
    const [of, next] = found, news = { seq, of, next };
    this.#news.push(news);
    if (this.#news.length > MostNews) this.#news.shift();
    this.change(of, held => afterNews(held, news));
  }

  /** What was read, here or elsewhere. @param {number} seq */
  read(seq) {
    if (seq <= this.lastRead) return;
    this.lastRead = Math.min(seq, this.last);
    if (this.lastRead >= this.last) this.unread = 0;
    else this.#countHeld();
  }

  /** The user wants to read it again, from this message on. @param {number} seq */
  markUnread(seq) {
    this.isKeptUnread = true;
    [this.lastRead, this.newFrom] = [Math.min(this.lastRead, seq - 1), seq];
    this.#countHeld();
  }

  /** The log was put back: what is after this sequence is there no more. @param {number} after */
  putBack(after) {
    for (const { log } of this.streams) log.cut(after);
    this.#changes.cut(after);
    this.#news = [];
    this.newest = this.tail = this.log.items.at(-1) ?? null;
    [this.last, this.lastRead] = [Math.min(this.last, after), Math.min(this.lastRead, after)];
    [this.unread, this.putBackFrom] = [0, after + 1];
    if (this.newFrom > after) this.newFrom = 0;
  }

  /** Nobody looks at it any more. */
  leave() {
    this.follower?.close();
    this.follower = null;
    [this.behind, this.atEnd] = [null, true];
    this.typing.clear();
    this.log.trim(MostAway);
  }

  /** @param {import('./log.js').Item|null} item */
  isOfOthers(item) {
    return item !== null && item.type === 'message' && item.inMain && !item.deleted && item.sender !== this.self;
  }

  /** A message names the user. @param {number} seq */
  mentioned(seq) {
    this.mentionedAt = Math.max(this.mentionedAt, seq);
  }

  /** Whether one that was not read does. */
  get isMentioned() {
    return this.unread > 0 && this.mentionedAt > this.lastRead;
  }

  #mentionedIn(item) {
    if (this.isOfOthers(item) && (item.forAll || item.mentioned?.includes(this.self))) this.mentioned(item.seq);
  }

  // A message changes no names.
  #named(item) {
    if (item !== null && !item.moves && this.namedAt === item.seq - 1) this.namedAt = item.seq;
  }

  // As the server counts them: what was read here just now it may not know yet.
  #counted({ unreadCount, unread }) {
    this.unread = Math.min(this.last - this.lastRead, unread?.more ? Math.max(unreadCount, ManyUnread) : unreadCount);
  }

  // Of what is held it is known how much of it is unread.
  #countHeld() {
    const { log } = this;
    if (log.after > this.lastRead || log.last < this.last) return;
    this.unread = log.items.slice(log.place(this.lastRead + 1)).filter(item => this.isOfOthers(item)).length;
  }
}

/** @typedef {{seq: number, of: number, next: (item: import('./log.js').Item, seq: number) => object}} News */

// What is newer than what is known of the message.
const afterNews = (held, { seq, next }) => (seq > held.asOf ? { ...held, ...next(held, seq), asOf: seq } : held);

// Of a message of which only its newest change is known.
function afterChange({ change, ...item }) {
  const { targetSequence: seq, kind, body } = change, deleted = kind === 'messageDeleted';
  return { ...item, change: null, type: 'message', seq, body: body ?? '', deleted, edited: !deleted };
}
