import { onBrowserHints } from './browser.js';
import { realClock } from './clock.js';
import { ConversationList } from './conversation-list.js';
import { readEntry, readPage } from './entries.js';
import { ChatOtherUserError, ChatRefusedError, ChatSignedOutError, ChatStoppedError } from './errors.js';
import { Events } from './events.js';
import { Feeds } from './feeds.js';
import { concerns } from './fold.js';
import { Following } from './following.js';
import { createConnection, hubUrl, warnOfClearText } from './hub.js';
import { IndexedDbOutboxStore } from './indexeddb-store.js';
import { ownerOf } from './keys.js';
import { Link } from './link.js';
import { Marks } from './marks.js';
import { MemoryOutboxStore } from './memory-store.js';
import { Outbox } from './outbox.js';
import { entriesAfter } from './reader.js';
import { keepTokenFresh } from './renewal.js';
import { Tokens } from './tokens.js';
import { Typing } from './typing.js';

export const lobby = '00000000-0000-0000-0000-000000000001';

/** @typedef {import('../chat-client.js').ChatClientOptions} ChatClientOptions */

/** The connection of one user. The members are documented in chat-client.d.ts. */
export class ChatClient {
  #events = new Events();
  #feeds;
  /** @type {Set<Following>} */
  #followings = new Set();
  #link;
  #outbox;
  #marks;
  #typing;
  #list;
  #clock;
  /** Whose the outbox is; null until the server has said who this is. @type {string | null} */
  #owner;
  #tokens;
  #server;
  #unhook = () => {};

  /** @param {ChatClientOptions} options */
  constructor(options) {
    // As the server writes it in entries: composed (NFC).
    this.userId = options.userId?.normalize('NFC');
    const hub = hubUrl(options.url, this.userId);
    this.#clock = options.clock ?? realClock;
    this.#server = `${hub.origin}${hub.pathname}`;
    const connectTimeout = options.connectTimeout ?? 15_000;
    const tokens = this.#tokens =
      options.accessToken ? new Tokens(options.accessToken, this.#clock, connectTimeout) : null;
    this.tenant = options.tenant ?? 'default';
    this.#owner = tokens && this.userId === undefined ? null : ownerOf(this.#server, this.tenant, this.userId ?? '');
    if (tokens) warnOfClearText(hub);
    this.#link = new Link(
      {
        createConnection: () => createConnection(options, tokens, hub),
        tokens,
        meet: tokens && ((session) => this.#meet(session, tokens)),
        renew: tokens && ((session) => keepTokenFresh(tokens, session, this.#clock, (me) => this.#check(me))),
        reconnect: options.reconnect,
        connectTimeout,
        clock: this.#clock,
      },
      (status) => {
        if (isOver(status.state)) this.#feeds.end(/** @type {Error} */ (status.reason));
        this.#events.emit('status', status);
      },
      {
        MessageReceived: (entry) => this.#feeds.accept(entry),
        EntryReceived: (entry) => this.#accept(readEntry(entry)),
        GenerationChanged: (place) => this.#feeds.generationChanged(place.conversationId),
        ConversationClosed: (id) => this.#closed(id),
        TypingChanged: (value) => this.#signal('typing', value),
        ReadPositionChanged: (value) => this.#signal('readPosition', value),
        PresenceChanged: (value) => this.#signal('presence', value),
        OwnReactionsChanged: (value) => this.#signal('ownReactions', value),
        ConversationChanged: (summary) => this.#list.changed(summary),
        ConversationRemoved: (id) => this.#list.removed(id),
        ReportsChanged: (change) => this.#events.emit('reportsChanged', change),
        UserChanged: (user) => this.#events.emit('userChanged', user),
      });
    this.#list = new ConversationList(this.#link, this.#events);
    const feedOptions = { clock: this.#clock, keepEntries: options.keepEntries ?? 1_000 };
    this.#feeds = new Feeds(this.#link, feedOptions, this.#events, () => this.#list.look());
    const store = options.outbox ?? (globalThis.indexedDB ? new IndexedDbOutboxStore() : new MemoryOutboxStore());
    this.#outbox = new Outbox(this.#link, { store, clock: this.#clock, window: options.sendWindow ?? 32 }, (change) => {
      if (change.type === 'sent' && change.message.change === null) this.#typing.sent(change.message.conversationId);
      this.#events.emit('outbox', change);
    }, (isKept) => this.#events.emit('outboxKept', isKept));
    this.#marks = new Marks(this.#link);
    this.#typing = new Typing(this.#link, this.#clock);
  }

  get isOutboxKept() {
    return this.#outbox.isKept;
  }

  get status() {
    return this.#link.status;
  }

  async start() {
    if (this.#link.isRunning) return;
    this.#unhook();
    this.#unhook = onBrowserHints(
      (online) => this.#link.hint(online),
      () => {
        this.#link.nudge();
        this.#outbox.adopt();
      });
    this.#link.start();
    if (this.#owner !== null) await this.#outbox.start(this.#owner);
  }

  async stop() {
    this.#unhook();
    this.#link.stop();
    this.#feeds.end(new ChatStoppedError('The client was stopped.'));
    await this.#outbox.stop();
  }

  /** @param {{clear?: boolean}} [options] */
  async signOut({ clear = false } = {}) {
    const reason = new ChatSignedOutError('The user has signed out.');
    this.#unhook();
    this.#link.giveUp(reason);
    this.#tokens?.drop('start');
    this.#feeds.end(reason);
    if (clear) await this.#outbox.clear(this.#owner);
    await this.#outbox.stop();
  }

  reconnectNow() {
    this.#link.nudge();
  }

  /** @param {{signal?: AbortSignal}} [options] */
  async whenConnected({ signal } = {}) {
    await this.#link.nextSession(signal);
  }

  /** @param {string} event @param {(value: any) => void} listener */
  on(event, listener) {
    return this.#events.on(event, listener);
  }

  /** @param {string} conversation @param {{after?: number | null, signal?: AbortSignal}} [options] */
  async *read(conversation, { after = null, signal } = {}) {
    signal?.throwIfAborted();
    yield* entriesAfter(this.#feeds.of(conversation), after, this.#clock, signal);
  }

  /** @param {string} conversation @param {import('../chat-client.js').FollowHandlers} handlers */
  follow(conversation, handlers) {
    const following = new Following(this.#feeds.of(conversation), handlers, this.#clock, (one) =>
      this.#followings.delete(one),
    );
    this.#followings.add(following);
    return following;
  }

  /**
   * @param {string} conversation
   * @param {{before?: number, after?: number, limit?: number, signal?: AbortSignal}} [query]
   */
  async history(conversation, { signal, ...query } = {}) {
    return readPage(await this.#link.call(true, signal, 'History', conversation, query));
  }

  /** @param {{cursor?: string, limit?: number, signal?: AbortSignal}} [query] */
  conversations({ signal, ...query } = {}) {
    return this.#list.ask(Object.keys(query).length > 0 ? query : null, signal);
  }

  /** @param {{signal?: AbortSignal}} [options] */
  conversationPages({ signal } = {}) {
    return this.#list.pages(signal);
  }

  /** @param {{participantIds: string[], kind?: string, title?: string | null}} command */
  createConversation(command) {
    // Requested twice, a group would be created twice.
    return this.#link.call(command.kind === 'direct', undefined, 'CreateConversation', command);
  }

  /** @param {{signal?: AbortSignal}} [options] */
  me({ signal } = {}) {
    return this.#link.call(true, signal, 'Me');
  }

  /** @param {string} conversation @param {string[]} users */
  addParticipants(conversation, users) {
    return this.#link.call(true, undefined, 'AddParticipants', conversation, users);
  }

  /** @param {string} conversation @param {string} user */
  removeParticipant(conversation, user) {
    return this.#link.call(false, undefined, 'RemoveParticipant', conversation, user);
  }

  /**
   * @param {string} conversation
   * @param {{role?: string, after?: string, limit?: number, signal?: AbortSignal}} [query]
   */
  participants(conversation, { signal, ...query } = {}) {
    return this.#link.call(true, signal, 'Participants', conversation, query);
  }

  /**
   * @param {string} conversation
   * @param {{userId: string, role: string, seconds?: number | null, reason?: string | null}} command
   */
  setRole(conversation, command) {
    return this.#link.call(false, undefined, 'SetRole', conversation, command);
  }

  /** @param {string} conversation @param {{title?: string | null, slowModeSeconds?: number | null}} command */
  changeConversation(conversation, command) {
    return this.#link.call(true, undefined, 'ChangeConversation', conversation, command);
  }

  /** @param {string} conversation @param {number} sequence */
  markRead(conversation, sequence) {
    return this.#marks.mark(conversation, sequence);
  }

  /** @param {string} conversation @param {{before?: number, limit?: number, signal?: AbortSignal}} [options] */
  threads(conversation, { signal, ...query } = {}) {
    return this.#link.call(true, signal, 'Threads', conversation, query);
  }

  /** @param {string} conversation @param {number} thread @param {boolean} [isFollowing] */
  followThread(conversation, thread, isFollowing = true) {
    return this.#link.call(true, undefined, 'FollowThread', conversation, thread, isFollowing);
  }

  /** @param {string} conversation @param {number} thread @param {number} sequence */
  markThreadRead(conversation, thread, sequence) {
    return this.#link.call(true, undefined, 'MarkRead', conversation, sequence, thread);
  }

  /** @param {string} conversation @param {number} target @param {boolean} [isPinned] */
  setPinned(conversation, target, isPinned = true) {
    return this.#link.call(true, undefined, 'SetPinned', conversation, target, isPinned);
  }

  /** @param {string} conversation @param {{signal?: AbortSignal}} [options] */
  pins(conversation, { signal } = {}) {
    return this.#link.call(true, signal, 'Pins', conversation);
  }

  /** @param {{after?: string, limit?: number, signal?: AbortSignal}} [options] */
  mentions({ signal, ...query } = {}) {
    return this.#link.call(true, signal, 'Mentions', query);
  }

  /** This entry and all behind it, for the user alone. @param {string} conversation @param {number} sequence */
  markUnread(conversation, sequence) {
    return this.#link.call(true, undefined, 'MarkUnread', conversation, sequence);
  }

  /** @param {string} conversation @param {number} thread @param {number} sequence */
  markThreadUnread(conversation, thread, sequence) {
    return this.#link.call(true, undefined, 'MarkUnread', conversation, sequence, thread);
  }

  /**
   * Whether the user wants notifications of the conversation while not connected. @param {string} conversation @param
   * {boolean} [isMuted]
   */
  setMuted(conversation, isMuted = true) {
    return this.#link.call(true, undefined, 'SetMuted', conversation, isMuted);
  }

  /** @param {string} conversation @param {{signal?: AbortSignal}} [options] */
  readPositions(conversation, { signal } = {}) {
    return this.#link.call(true, signal, 'ReadPositions', conversation);
  }

  /** @param {string} conversation @param {boolean} [isTyping] */
  typing(conversation, isTyping = true) {
    this.#typing.say(conversation, isTyping);
  }

  /** @param {string | null} [conversation] @param {{signal?: AbortSignal}} [options] */
  getPresence(conversation = null, { signal } = {}) {
    return this.#link.call(true, signal, 'GetPresence', conversation);
  }

  /** @param {string[]} ids @param {{signal?: AbortSignal}} [options] */
  users(ids, { signal } = {}) {
    return this.#link.call(true, signal, 'Users', ids);
  }

  /** @param {string} user */
  block(user) {
    return this.#link.call(true, undefined, 'Block', user);
  }

  /** @param {string} user */
  unblock(user) {
    return this.#link.call(true, undefined, 'Unblock', user);
  }

  /** @param {{signal?: AbortSignal}} [options] */
  blocks({ signal } = {}) {
    return this.#link.call(true, signal, 'Blocks');
  }

  /** @param {string} conversation @param {{sequence?: number, userId?: string, reason: string}} content */
  report(conversation, content) {
    return this.#link.call(true, undefined, 'Report', conversation, content);
  }

  /** @param {string | null} [conversation] @param {{after?: number, limit?: number, signal?: AbortSignal}} [query] */
  reports(conversation = null, { signal, ...query } = {}) {
    return this.#link.call(true, signal, 'Reports', conversation, query);
  }

  /** @param {number} report @param {'dismissed' | 'acted'} outcome */
  closeReport(report, outcome) {
    return this.#link.call(true, undefined, 'CloseReport', report, outcome);
  }

  /**
   * @param {string} conversation
   * @param {string | null} body
   * @param {import('../chat-client.js').SendMessage} [options]
   */
  send(conversation, body, options = {}) {
    return this.#outbox.send(conversation, body ?? null, options);
  }

  /**
   * @param {string} conversation @param {number | string} target @param {import('../chat-client.js').MessageEdit} edit
   */
  editMessage(conversation, target, { body = null, ...others }) {
    return this.#outbox.change(conversation, target, { ...others, kind: 'edit', body });
  }

  /** @param {string} conversation @param {number | string} target @param {{reason?: string | null}} [options] */
  deleteMessage(conversation, target, { reason = null } = {}) {
    return this.#outbox.change(conversation, target, { kind: 'delete', reason });
  }

  /** @param {string} conversation @param {number | string} target @param {readonly string[]} keys */
  setReactions(conversation, target, keys) {
    return this.#outbox.change(conversation, target, { kind: 'reactions', keys });
  }

  /**
   * @param {string} conversation @param {number} targetSequence
   * @param {{key?: string | null, after?: string | null, signal?: AbortSignal}} [query]
   */
  reactions(conversation, targetSequence, { key = null, after = null, signal } = {}) {
    return this.#link.call(true, signal, 'Reactions', conversation, targetSequence, key, after);
  }

  /** @param {string} conversation @param {number} sequence @param {{signal?: AbortSignal}} [options] */
  async message(conversation, sequence, { signal } = {}) {
    return readPage(await this.#link.call(true, signal, 'Message', conversation, sequence));
  }

  /**
   * @param {string} conversation @param {number} sequence @param {{after?: number, signal?: AbortSignal}} [query]
   */
  async versions(conversation, sequence, { after, signal } = {}) {
    return readPage(await this.#link.call(true, signal, 'Versions', conversation, sequence, after));
  }

  /** @param {string} [conversation] */
  pending(conversation) {
    return this.#outbox.pending(conversation);
  }

  /** @param {string} id */
  retry(id) {
    return this.#outbox.retry(id);
  }

  /** @param {string} id */
  discard(id) {
    return this.#outbox.discard(id);
  }

  /**
   * Asks whom the server takes the token for: what waits in the outbox is one user's.
   * @param {import('./session.js').Session} session @param {Tokens} tokens
   */
  async #meet(session, tokens) {
    let me;
    try {
      me = await session.invoke('Me');
    } catch (error) {
      // A server of an earlier version behind a gateway that looks at tokens: the application says who it is.
      if (this.#owner !== null && error instanceof ChatRefusedError) return;
      throw error;
    }
    this.#check(me);
    tokens.taken(session.token, me.expiresInSeconds);
    if (this.#owner !== null) return;
    [this.#owner, this.tenant, this.userId] = [ownerOf(this.#server, me.tenant, me.userId), me.tenant, me.userId];
    void this.#outbox.start(this.#owner);
  }

  /** @param {{tenant: string, userId: string}} me */
  #check({ tenant, userId }) {
    if (this.#owner === null || this.#owner === ownerOf(this.#server, tenant, userId)) return;
    throw new ChatOtherUserError(
      `The token is of another user, ${userId} of the tenant ${tenant}: make a client for each.`);
  }

  #accept(entry) {
    if (entry.kind === 'messageDeleted' || entry.kind === 'contentErased') {
      // What waits changes own messages.
      const own = (sequence) => ({ kind: 'message', sequence, senderId: this.userId });
      this.#outbox.gone(entry.conversationId, (sequence) => concerns(entry, own(sequence)));
    }
    this.#feeds.accept(entry);
  }

  #closed(id) {
    this.#feeds.closed(id);
    this.#events.emit('conversationClosed', id);
    this.#list.look();
  }

  #signal(type, value) {
    this.#events.emit(type, value);
    for (const following of [...this.#followings])
      if (following.conversation === value.conversationId) following.signal({ type, value });
  }
}

/** @param {import('../chat-client.js').ConnectionState} state */
const isOver = (state) => state === 'failed' || state === 'signedOut';
