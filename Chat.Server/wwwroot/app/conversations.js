// The list of conversations: what the server says of it, and what has to be looked up for it.

import { Conversation } from './conversation.js';
import { people } from './stored.js';

/** So many of the most recently active are kept exact: names of the others are looked up once. */
const Exact = 50;

export class Conversations {
  /** @type {Map<string, Conversation>} */
  all = new Map();
  #self;
  #client;
  /** Its code comes when something has to be looked up. @type {Promise<import('./look-ups.js').LookUps>|null} */
  #lookUps = null;
  #calls;
  /** Those of an earlier visit that the server has not confirmed yet. @type {Set<string>} */
  #recalled = new Set();

  /**
   * @param {string} self
   * @param {import('../sdk/chat-client.js').ChatClient} client
   * @param {{changed: () => void, added: (one: Conversation) => void, news: (one: Conversation) => void}} calls
   *   `added`: a conversation is there, or there again; `news`: its newest message is unread, and nothing else tells.
   */
  constructor(self, client, calls) {
    this.#self = self;
    this.#calls = calls;
    this.#client = client;
  }

  /** @param {string|null} id */
  get(id) {
    return this.all.get(/** @type {string} */ (id));
  }

  /** The last active first. */
  sorted() {
    return [...this.all.values()].sort((a, b) => b.activeAt - a.activeAt);
  }

  /** What is to be read, without what is muted. */
  unread() {
    let sum = 0;
    for (const conversation of this.all.values()) if (!conversation.muted) sum += conversation.unread;
    return sum;
  }

  /** What is known of an earlier visit. @param {any[]} summaries */
  recall(summaries) {
    for (const summary of summaries) {
      if (this.all.has(summary.id)) continue;
      this.#add(summary, false);
      this.#recalled.add(summary.id);
    }
  }

  /** What a later visit may recall. */
  remembered() {
    return this.sorted().filter(one => !one.closed).slice(0, Exact).map(one => ({
      id: one.id, kind: one.kind, title: one.title, isMuted: one.muted, createdAt: new Date(one.activeAt).toISOString(),
      avatarUrl: one.avatarUrl, isArchived: one.isArchived,
      lastSequence: one.last, lastReadSequence: one.lastRead, unreadCount: one.unread,
    }));
  }

  /** The server has told of all: what it has not told of is there no more. */
  isWhole() {
    for (const id of this.#recalled) {
      this.all.get(id)?.leave();
      this.all.delete(id);
    }
    this.#recalled.clear();
  }

  /** All there is. @param {any[]} summaries @param {boolean} isNews whether what is unread came just now */
  whole(summaries, isNews) {
    const known = new Set(summaries.map(summary => summary.id));
    // What is followed hears of its end by itself, and may have begun while the answer was on its way.
    for (const conversation of this.all.values()) {
      if (!known.has(conversation.id) && conversation.follower === null) conversation.closed = true;
    }
    this.some(summaries, isNews);
  }

  /** Some of them. @param {any[]} summaries @param {boolean} isNews */
  some(summaries, isNews) {
    for (const summary of summaries) this.apply(summary, isNews);
    this.lookUp();
  }

  /** @param {any} summary @param {boolean} isNews */
  apply(summary, isNews) {
    const known = this.all.get(summary.id);
    this.#recalled.delete(summary.id);
    if (known === undefined || known.closed) return this.#add(summary, isNews);
    const before = known.last;
    known.apply(summary);
    if (isNews && known.last > before) this.#tell(known);
    return known;
  }

  /** Names that are not known. The most recent first, and of those only what may have changed. */
  lookUp() {
    this.sorted().forEach((conversation, at) => {
      if (conversation.closed) return;
      if (conversation.needsNames && (conversation.names === null || at < Exact)) this.#ask(conversation);
    });
  }

  /** Who takes part changed. @param {Conversation} conversation */
  peopleMoved(conversation) {
    if (!conversation.title && conversation.kind !== 'public') this.#ask(conversation);
  }

  /** What this browser knows of who takes part, of an earlier visit. @param {Conversation} conversation */
  #remember(conversation) {
    if (conversation.title || conversation.kind === 'public') return;
    const known = people.get(conversation.id);
    if (known !== null) [conversation.names, conversation.namedAt] = [known.names, known.at];
  }

  /** @param {Conversation} conversation */
  #ask(conversation) {
    this.#lookUps ??= import('./look-ups.js').then(({ LookUps }) => new LookUps(this.#client, this.#calls.changed));
    // Where its code does not come, it is asked for again with the next list.
    this.#lookUps.then(lookUps => lookUps.names(conversation), () => {
      this.#lookUps = null;
    });
  }

  #add(summary, isNews) {
    const before = this.all.get(summary.id);
    const conversation = new Conversation(summary, this.#self);
    this.all.set(conversation.id, conversation);
    this.#remember(conversation);
    before?.leave();
    this.#calls.added(conversation);
    if (isNews) this.#tell(conversation);
    return conversation;
  }

  // Of what is followed the follower brings the news.
  #tell(conversation) {
    const { newest } = conversation;
    const isUnread = conversation.isOfOthers(newest) && newest.seq > conversation.lastRead;
    if (isUnread && conversation.follower === null) this.#calls.news(conversation);
  }
}
