// What there is beside a conversation: its threads, one of them, and pins. And where the user was mentioned.

import { Blocked } from './blocked.js';
import { Thread } from './thread.js';
import { words } from './words.js';

const Listed = 50, MostConversations = 10, AgainMilliseconds = 1_000, MostPeople = 5, MostDeleted = 100;
const None = { count: 0, more: false };

/** @typedef {import('./conversation.js').Conversation} Conversation */
/** @typedef {import('../sdk/contracts.js').ThreadSummary} ThreadSummary */

export class Side {
  /** Changes when a message of what is open was pinned, is pinned no more, or says something else. */
  pinsVersion = 0;
  #chat;
  /** What the server says of threads, by conversation and thread. @type {Map<string, Map<number, ThreadSummary>>} */
  #threads = new Map();
  /** Of which conversations that is asked at this moment, and whether something came meanwhile.
   *  @type {Map<string, boolean>} */
  #asked = new Map();
  /** Messages that were deleted, and may have stood in a thread. @type {Set<number>} */
  #deleted = new Set();
  #isLooking = false;
  /** Marks as read that are under way, and how many have ended: what was asked meanwhile may not know of them. */
  #marking = 0;
  #marked = 0;
  /** @type {Conversation|null} */
  #of = null;
  /** @type {import('./links.js').Beside|null} */
  #shown = null;

  /** @param {import('./chat.js').Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    this.blocked = new Blocked(chat.client, chat);
    this.again();
  }

  /** What may have been missed. */
  again() {
    const { opened } = this.#chat;
    if (opened !== null) this.#ask(opened);
    this.blocked.ask();
    this.mentions().catch(() => {}); // asked again with the next connection
  }

  /** Opens and closes what the address names. */
  show() {
    const { opened, beside } = this.#chat, thread = beside?.thread ?? null;
    if (this.#of !== opened) {
      if (this.#of !== null) this.#of.side = null;
      this.#deleted.clear();
      this.#of = opened;
      if (opened !== null) this.#ask(opened);
    }
    if (opened === null || this.#shown === beside) return;
    this.#shown = beside;
    if ((opened.side?.thread ?? null) !== thread) opened.side = thread === null ? null : this.#begun(opened, thread);
    if (opened.side !== null) this.#load(opened.side, beside.seq);
  }

  #begun(conversation, first) {
    const thread = new Thread(conversation, first), known = this.of(conversation, first);
    thread.unread = known?.unread?.count ?? 0;
    if (thread.unread > 0) thread.newFrom = positionIn(known) + 1;
    return thread;
  }

  async #load(thread, seq) {
    const { reading } = this.#chat;
    if (seq === 0 || !await reading.goTo(thread, seq)) await reading.load(thread);
    const last = thread.log.items.at(-1)?.seq ?? 0;
    if (last > thread.thread && this.of(thread, thread.thread) === undefined) this.#askOne(thread, last);
  }

  /** @param {{id: string}} conversation @param {number} thread @returns {ThreadSummary|undefined} */
  of({ id }, thread) {
    return this.#threads.get(id)?.get(thread);
  }

  /** Those that are known, the one with the newest reply first. @param {{id: string}} conversation */
  all({ id }) {
    return [...this.#threads.get(id)?.values() ?? []].sort((a, b) => b.lastSequence - a.lastSequence);
  }

  /** Whether it is known which there are. @param {{id: string}} conversation */
  isKnown({ id }) {
    return this.#threads.has(id);
  }

  /** Replies that the user has not read, in threads that the user follows. @param {Conversation} conversation */
  unread(conversation) {
    return this.all(conversation).reduce((sum, { unread }) => sum + (unread?.count ?? 0), 0);
  }

  /** Further ones, that are older. @param {Conversation} conversation @returns {Promise<boolean>} if there are more */
  async more(conversation) {
    const before = this.all(conversation).at(-1)?.lastSequence;
    return this.#listed(conversation, { limit: Listed, ...before && { before } });
  }

  /** What came. @param {Conversation} conversation @param {import('./log.js').Item[]} items */
  came(conversation, items) {
    for (const item of items) {
      if (item.thread !== null) this.#replied(conversation, item);
      else if (item.change?.kind === 'messageDeleted') this.#wasDeleted(conversation, item.change.targetSequence);
      if (item.pin !== null || item.change !== null || item.erasure) this.pinsVersion++;
    }
  }

  // Of a deletion it is not said in which thread the message stood. Where that is not known here, the list tells of the
  // newest threads; of an older one, whose first message is shown, the message itself does.
  #wasDeleted(conversation, seq) {
    if (this.all(conversation).length > 0) this.#ask(conversation);
    const isOlder = ({ seq: first, replies }) => replies !== null && this.of(conversation, first) === undefined;
    if (conversation !== this.#of || conversation.itemAt(seq) || !conversation.log.items.some(isOlder)) return;
    if (this.#deleted.size < MostDeleted) this.#deleted.add(seq);
    this.#lookAtDeleted();
  }

  // One after the other: many may be deleted at once.
  async #lookAtDeleted() {
    const [seq] = this.#deleted, conversation = this.#of;
    if (this.#isLooking || seq === undefined || conversation === null) return;
    this.#isLooking = true;
    this.#deleted.delete(seq);
    const { client } = this.#chat, { id } = conversation;
    try {
      const thread = (await client.message(id, seq)).entries.find(one => one.sequence === seq)?.thread ?? null;
      const page = thread === null ? null : await client.history(id, { view: 'main', before: thread + 1, limit: 1 });
      const now = page && conversation.take(page.entries, page).find(one => one.seq === thread);
      if (now) conversation.change(thread, held => (now.asOf < held.asOf ? held : { ...held, replies: now.replies }));
    } catch {
      // It is right again when it is loaded again.
    }
    this.#isLooking = false;
    this.#chat.changed();
    this.#lookAtDeleted();
  }

  #replied(conversation, item) {
    const { self, attention } = this.#chat, known = this.of(conversation, item.thread);
    const isMine = item.sender === self, isNamed = item.mentioned?.includes(self) ?? false;
    if (this.#asked.has(conversation.id)) this.#asked.set(conversation.id, true);
    if (known === undefined || (!known.isFollowing && (isMine || isNamed))) this.#ask(conversation);
    else if (item.seq > known.lastSequence) {
      const isUnread = known.isFollowing && !isMine && !item.inMain;
      const people = [item.sender, ...known.people.filter(one => one !== item.sender)].slice(0, MostPeople);
      const unread = isUnread ? { ...known.unread, count: known.unread.count + 1 } : known.unread;
      this.#note(conversation, { ...known, replies: known.replies + 1, lastSequence: item.seq, people, unread });
    }
    const isWanted = known?.isFollowing || isNamed;
    if (isWanted && !isMine && !item.inMain && item.seq > (known?.lastReadSequence ?? 0))
      attention.tell(conversation, item);
  }

  /** All that has come of a thread is in view. @param {Thread} thread */
  async seen(thread) {
    const { attention, client } = this.#chat, known = this.of(thread, thread.thread);
    const seq = thread.log.items.at(-1)?.seq ?? 0;
    if (!known?.isFollowing || thread.isKeptUnread || seq <= Math.max(thread.readTo, positionIn(known))) return;
    if (!attention.isOn(thread.conversation)) return;
    thread.readTo = seq;
    this.#note(thread, asRead(known, seq));
    this.#marking++;
    try {
      await client.markThreadRead(thread.id, thread.thread, seq);
    } catch {
      thread.readTo = 0; // with the next reply, or when it is opened again
    }
    this.#marking--;
    this.#marked++;
  }

  /** From a message of a thread on all is to be read again. @param {Thread} thread @param {number} seq */
  async markUnread(thread, seq) {
    const { client, attention } = this.#chat, { conversation, thread: first } = thread;
    try {
      await client.markThreadUnread(thread.id, first, seq);
      const known = this.of(thread, first), from = thread.log.items.slice(thread.log.place(seq));
      const count = from.filter(item => item.sender !== thread.self && !item.inMain && !item.deleted).length;
      Object.assign(thread, { isKeptUnread: true, readTo: 0, newFrom: seq });
      if (known) this.#note(thread, { ...known, unread: { ...None, count }, unreadFrom: seq - 1 });
      attention.say(words.markedUnread);
      this.#ask(conversation); // of what is not held only the server knows
    } catch (error) {
      attention.failed(error);
    }
  }

  /** Whether the user follows a thread. @param {Thread} thread */
  isFollowed(thread) {
    return this.of(thread, thread.thread)?.isFollowing ?? false;
  }

  /** @param {Conversation} conversation @param {number} thread @param {boolean} isFollowing */
  async follow(conversation, thread, isFollowing) {
    const { client, attention } = this.#chat;
    try {
      await client.followThread(conversation.id, thread, isFollowing);
      attention.say(isFollowing ? words.followed : words.unfollowed);
      const known = this.of(conversation, thread);
      if (known !== undefined) this.#note(conversation, { ...known, isFollowing, unread: isFollowing ? None : null });
      this.#ask(conversation);
    } catch (error) {
      attention.failed(error);
    }
  }

  /** Pins a message, or takes its pin away. @param {Conversation} conversation */
  async pin(conversation, seq, isPinned) {
    const { client, attention } = this.#chat;
    try {
      await client.setPinned(conversation.id, seq, isPinned);
      attention.say(isPinned ? words.pinnedNow : words.unpinnedNow);
    } catch (error) {
      attention.failed(error);
    }
  }

  /** A page of the inbox. @param {string} [after] */
  async mentions(after) {
    const { client, conversations } = this.#chat;
    const page = await client.mentions({ limit: Listed, ...after && { after } });
    for (const { conversationId, sequence, thread, entry } of page) {
      const isInMain = thread === null || entry?.alsoInConversation === true;
      if (isInMain) conversations.get(conversationId)?.mentioned(sequence);
    }
    this.#chat.changed();
    return page;
  }

  async #ask(conversation) {
    const { id } = conversation;
    if (this.#asked.has(id)) return this.#asked.set(id, true);
    this.#asked.set(id, false);
    try {
      await this.#listed(conversation, { limit: Listed });
    } catch {
      // asked again with the next connection
    }
    setTimeout(() => {
      const isOld = this.#asked.get(id);
      this.#asked.delete(id);
      if (isOld && this.#of === conversation) this.#ask(conversation);
    }, AgainMilliseconds);
  }

  async #askOne(thread, last) {
    await this.#listed(thread.conversation, { before: last + 1, limit: 1 }).catch(() => {}); // seen as not followed
  }

  async #listed(conversation, query) {
    const marked = this.#marked, page = await this.#chat.client.threads(conversation.id, query);
    const isOlder = this.#marking > 0 || this.#marked !== marked;
    if (!this.#threads.has(conversation.id)) this.#threads.set(conversation.id, new Map());
    if (this.#threads.size > MostConversations) this.#threads.delete(this.#threads.keys().next().value);
    for (const one of page) {
      const isRead = isOlder && isReadIn(conversation.side, one);
      this.#note(conversation, isRead ? asRead(one, conversation.side.readTo) : one);
      const { thread, replies: count, lastSequence } = one;
      conversation.change(thread, held => (held.replies?.count === count || lastSequence < held.replies?.lastSequence
        ? held : { ...held, replies: { count, lastSequence } }));
    }
    this.#chat.changed();
    return page.length === query.limit;
  }

  #note({ id }, summary) {
    this.#threads.get(id)?.set(summary.thread, summary);
    this.#chat.changed();
  }
}

/** @param {ThreadSummary} summary @param {number} seq @returns {ThreadSummary} */
const asRead = (summary, seq) => ({ ...summary, unread: None, lastReadSequence: seq, unreadFrom: null });

/** All of the thread was marked as read where it is open. @param {Thread|null} open @param {ThreadSummary} summary */
const isReadIn = (open, { thread, isFollowing, lastSequence }) =>
  isFollowing && open?.thread === thread && !open.isKeptUnread && open.readTo >= lastSequence;

/** Up to where the user has read a thread, or wants to. @param {ThreadSummary} summary */
const positionIn = ({ lastReadSequence, unreadFrom }) => Math.min(lastReadSequence, unreadFrom ?? Infinity);
