// What this page knows and can do: the conversations, over one ChatClient. The views read it and call it; it asks them
// to draw.

import { ChatClient, lobby, may } from '../sdk/chat-client.js';
import { ownerOf } from '../sdk/core/keys.js';
import { Attention } from './attention.js';
import { Connection } from './connection.js';
import { Conversations } from './conversations.js';
import { Incoming } from './incoming.js';
import { more } from './language.js';
import { Listing } from './listing.js';
import { PassingTime, ServerTime } from './passing-time.js';
import { namesAll, named } from './people.js';
import { Presence } from './presence.js';
import { profiles } from './profiles.js';
import { Reading } from './reading.js';
import { known, lastOpen, own } from './stored.js';
import { refusalWords, words } from './words.js';

/** Entries of what is followed that the client keeps besides what is shown. */
const KeepEntries = 100;
/** Everybody may be named where no more take part. */
const NamedByAll = 50;
/** What is not needed at first waits until what is needed has come. */
const QuietMilliseconds = 2_000;

/** @typedef {import('./conversation.js').Conversation} Conversation */

export class Chat {
  /** @type {string|null} The id of what is open. */
  current = null;
  /** What is open beside it. @type {import('./links.js').Beside|null} */
  beside = null;
  /** Threads, pins and mentions; null until they have come. @type {import('./side.js').Side|null} */
  side = null;
  /** Whether what was open before is one step back. */
  #isOneBack = false;
  #page;
  #incoming;
  #listing;
  #passing;
  #isOver = false;
  /** Messages that are being asked for because others answer them. @type {Set<string>} */
  #quotes = new Set();
  /** Which message of what is open is to be shown first; 0: none. */
  #wanted = 0;

  /**
   * @param {import('./sign-in.js').User} user
   * @param {{changed: () => void, changedInFrame: () => void, announcer: import('./announcer.js').Announcer,
   *   signedOut: (hadToken: boolean) => void}} page
   * @param {import('./sign-in.js').Provider} [accessToken]
   */
  constructor({ id: self, tenant }, page, accessToken) {
    this.self = self;
    this.hasToken = accessToken !== undefined;
    this.#page = page;
    this.attention = new Attention(this, page);
    // Before there were tenants everything was of the one there is now.
    own.use(ownerOf(new URL('.', document.baseURI).pathname, tenant, self), tenant === 'default' ? self : null);
    this.client = new ChatClient({ userId: self, tenant, accessToken, keepEntries: KeepEntries });
    profiles.use(this.client, page.changed);
    this.time = new ServerTime();
    this.conversations = new Conversations(self, this.client, {
      changed: page.changed,
      added: conversation => this.#added(conversation),
      news: conversation => this.attention.tell(conversation, conversation.newest),
    });
    this.connection = new Connection(this.client, this, page.changed);
    this.presence = new Presence(this.client, page.changed);
    const incoming = this.#incoming = new Incoming(this, page);
    this.#listing = new Listing(this.client, this.conversations, {
      changed: incoming.changed,
      whole: () => this.#listed(),
    });
    this.reading = new Reading(this.client, {
      changed: incoming.changed,
      came: (conversation, items) => incoming.came(conversation, items),
      joined: conversation => incoming.joined(conversation),
      signal: (conversation, signal) => incoming.signal(conversation, signal),
      closed: conversation => incoming.closed(conversation),
    });
    this.#passing = new PassingTime(page.changed, () => this.#changesBySecond);
  }

  start() {
    const { client } = this;
    client.on('status', this.#statusChanged);
    client.on('outbox', this.#outboxChanged);
    client.on('outboxKept', this.#page.changed);
    client.on('presence', change => this.presence.apply(change, this.conversations.get(change.conversationId)));
    client.on('conversations', summaries => this.#listing.whole(summaries));
    client.on('conversationChanged', summary => this.#summaryCame(summary));
    client.on('conversationRemoved', id => this.#removed(this.conversations.get(id)));
    addEventListener('focus', this.#looked);
    document.addEventListener('visibilitychange', this.#looked);
    addEventListener('pagehide', this.#remember);
    this.#passing.start();
    this.#listing.ask();
    client.start().catch(() => {
      // The status says what became of it.
    });
  }

  async stop() {
    this.#end();
    await this.client.stop();
  }

  /** Nothing of the user stays in this browser. */
  async signOut() {
    this.#end();
    await this.client.signOut({ clear: true });
    own.clear();
  }

  #end() {
    removeEventListener('focus', this.#looked);
    document.removeEventListener('visibilitychange', this.#looked);
    removeEventListener('pagehide', this.#remember);
    this.#passing.stop();
    this.connection.stop();
    this.#page.announcer.clear();
    this.#isOver = true;
  }

  /** Messages that would be lost with a sign-out. */
  get unsent() {
    return this.client.pending().length;
  }

  /** Whether the list came at least once. */
  get loaded() {
    return this.#listing.isThere;
  }

  get online() {
    return this.client.status.state === 'connected';
  }

  /** What to show where the address names nothing; null: there is nothing. @returns {string|null} */
  get first() {
    const last = lastOpen.get() ?? lobby;
    // Not every server has a lobby.
    if (last !== lobby || !this.#listing.isWhole || this.conversations.get(lobby) !== undefined) return last;
    return this.conversations.sorted()[0]?.id ?? null;
  }

  /** What is open; null: nothing, or it is not there. @returns {Conversation|null} */
  get opened() {
    return this.conversations.get(this.current) ?? null;
  }

  /** Shows what an address names. @param {import('./links.js').Place} place */
  open({ id, seq, beside }) {
    const before = this.opened, wasBeside = this.beside !== null;
    if (before !== null && before.id !== id) this.reading.leave(before);
    [this.current, this.beside] = [id, beside];
    // A thread stands beside the message that it began with.
    this.#wanted = beside?.thread ?? seq;
    if (beside === null) this.#isOneBack = false;
    if (id !== null) lastOpen.set(id);
    if (this.opened === null || this.opened !== before) this.#show(this.opened);
    else if (beside === null && (seq > 0 || !wasBeside)) this.#goOn(seq);
    if (beside !== null) this.bringSide();
    this.side?.show();
    this.#page.changed();
  }

  /** @param {string} what `threads`, `pins`, `9`: a message, `t/7`: a thread, or `t/7/9`: a message in it */
  openBeside(what) {
    const hash = `#/c/${this.current}/${what}`;
    if (this.beside !== null) return location.replace(hash);
    this.#isOneBack = true;
    location.hash = hash;
  }

  closeBeside() {
    if (this.#isOneBack) history.back();
    else location.replace(`#/c/${this.current}`);
  }

  /** Pins a message for everybody, or takes its pin away. @param {Conversation} conversation */
  async pin(conversation, seq, isPinned) {
    await this.bringSide();
    await this.side?.pin(conversation, seq, isPinned);
  }

  /** Loads what is not there at first: threads, pins, mentions, whom the user has blocked. */
  async bringSide() {
    if (this.side !== null || this.#isOver) return;
    const [file] = await Promise.all([import('./side.js'), more()]).catch(() => [null]);
    if (file === null || this.side !== null || this.#isOver) return; // tried again with the next connection
    this.side = new file.Side(this);
    this.side.show();
    this.#page.changed();
  }

  /**
   * A message that another one answers: undefined while it is not known, null where there is none.
   * @param {Conversation} conversation @param {number} seq
   */
  quoteOf(conversation, seq) {
    const known = conversation.quoteOf(seq);
    if (known === undefined) this.#loadQuote(conversation, seq);
    return known;
  }

  async #loadQuote(conversation, seq) {
    const asked = `${conversation.id} ${seq}`;
    if (this.#quotes.has(asked)) return;
    this.#quotes.add(asked);
    try {
      const { entries } = await this.client.message(conversation.id, seq);
      conversation.quote(seq, conversation.take(entries).find(item => item.seq === seq) ?? null);
      this.#page.changed();
    } catch (error) {
      if (error.name === 'ChatRefusedError') conversation.quote(seq, null);
      // Else it is asked again when it is drawn again.
    }
    this.#quotes.delete(asked);
  }

  /** What the user is there; null: nothing, or it is not known yet. @param {Conversation} conversation */
  roleIn(conversation) {
    const { rolesVersion: at, own: known } = conversation;
    if (known.at !== at) {
      conversation.own = { role: known.role, at };
      this.#loadRole(conversation, at);
    }
    return known.role;
  }

  async #loadRole(conversation, at) {
    try {
      const { role } = await this.client.participants(conversation.id, { limit: 1 });
      conversation.own = { role, at };
      this.#page.changed();
    } catch {
      conversation.own.at = -1; // asked again with the next question
    }
  }

  /** Brings a message of what is open into view. @param {import('./stream.js').Stream} stream @param {number} seq */
  async goTo(stream, seq) {
    const item = this.opened?.quoteOf(seq);
    if (item && !stream.shows(item)) this.openBeside(item.inMain ? `${seq}` : `t/${item.thread}/${seq}`);
    else if (!await this.reading.goTo(stream, seq)) this.attention.say(words.notFound);
  }

  // Open already: to the message that a link leads to.
  #goOn(seq) {
    if (seq > 0) this.goTo(this.opened, seq);
    else this.reading.open(this.opened, 0);
  }

  /** All that has come of it is in view. @param {any} stream */
  seen(stream) {
    if (stream.thread !== null) return this.side?.seen(stream);
    const isRead = stream.isKeptUnread || stream.lastRead >= stream.last;
    if (isRead || !this.attention.isOn(stream)) return;
    stream.read(stream.last);
    this.markRead(stream.id, stream.last);
    this.#page.changed();
  }

  /** Other devices and users are told, as soon as there is a connection. @param {string} id @param {number} seq */
  markRead(id, seq) {
    this.client.markRead(id, seq).catch(() => {}); // the conversation is gone, or the server does not want this user
  }

  /**
   * Stores a message as soon as there is a connection.
   * @param {any} stream
   * @param {string} text
   * @param {import('./log.js').Item|null} [replying] the message that it answers
   * @param {boolean} [isAlso] whether the conversation is to show what is written in a thread
   */
  send(stream, text, replying = null, isAlso = false) {
    [stream.newFrom, stream.isKeptUnread] = [0, false];
    // An answer in the conversation to what stands in a thread is read in both.
    const thread = stream.thread ?? replying?.thread ?? null;
    const inThread = thread === null ? {} : { thread, alsoInConversation: isAlso || stream.thread === null };
    const replyTo = replying === null ? {} : { replyTo: replying.seq };
    this.client.send(stream.id, text, { ...replyTo, ...inThread, ...this.#mentions(this.opened, text) }).catch(() => {
      // It stays in the outbox as failed, where it is shown.
    });
    this.#page.changed();
  }

  /** What I wrote here and is not stored yet. @param {import('./stream.js').Stream} stream */
  pending(stream) {
    const all = this.client.pending(stream.id), shown = all.map(one => ({ ...one, ...one.options })).filter(one =>
      one.change === null && stream.showsPending(one) && !stream.holds(one.id));
    const changes = new Map(all.map(({ change }) => [change?.targetKey, change]));
    return shown.map(({ id, body, state, error, replyTo = null, thread = null }) => {
      const change = changes.get(id) ?? null;
      return {
        key: id,
        text: (change === null ? body : change.body) ?? '',
        deleted: change?.kind === 'delete',
        replyTo: stream.answered({ replyTo, thread }),
        failed: state === 'failed',
        reason: error,
      };
    });
  }

  /** Sends again what was refused, and what was changed of it. @param {string} key */
  retry(key) {
    this.client.retry(key);
    for (const { id, change } of this.client.pending()) if (change?.targetKey === key) this.client.retry(id);
  }

  /** Gives up what is not stored yet. What the server may have is deleted there. @param {string} key */
  discard(key) {
    const { conversationId, state, mayBeStored } = this.client.pending().find(({ id }) => id === key) ?? {};
    if (state === 'pending' && mayBeStored) this.delete({ id: conversationId }, { seq: key });
    else this.client.discard(key);
  }

  /** Whether everybody may be named at once. @param {Conversation} conversation */
  mayNameAll(conversation) {
    const { kind, people } = conversation, isFew = kind !== 'public' && people?.size <= NamedByAll;
    return isFew || may('mentionEveryone', kind, this.roleIn(conversation));
  }

  #mentions(conversation, text) {
    const users = named(text, conversation.people?.keys() ?? conversation.names ?? []);
    const everyone = namesAll(text) && this.mayNameAll(conversation);
    return users.length > 0 || everyone ? { mentions: { users, everyone } } : {};
  }

  /**
   * What I changed here and is not stored yet, by the sequence of the message: the last change of each.
   * @param {Conversation} conversation
   * @returns {Map<number, import('./timeline.js').PendingChange>}
   */
  changes(conversation) {
    const isOf = ({ change }) => change !== null && change.kind !== 'reactions';
    const waiting = this.client.pending(conversation.id).filter(isOf);
    return new Map(waiting.map(({ id, change, state, error }) => [conversation.targetOf(change), {
      id, kind: change.kind, body: change.body ?? '', failed: state === 'failed', reason: error,
    }]));
  }

  /** My reactions that are not stored yet, by message. @param {Conversation} conversation */
  reacting(conversation) {
    const isOf = ({ change, state }) => change?.kind === 'reactions' && state !== 'failed';
    return new Map(this.client.pending(conversation.id).filter(isOf)
      .map(({ change: { targetSequence, keys } }) => [targetSequence, keys]));
  }

  /**
   * @param {Conversation} conversation
   * @param {any} item a message, or one that waits: then its key is in place of its sequence
   * @param {string} text
   */
  edit(conversation, item, text) {
    // What an edit does not name is gone.
    const { attachment: attachmentUrl, meta: attachmentMeta, attachments, seq } = item;
    // Of several edits that wait for one message the last one will do.
    for (const { id, change, mayBeStored } of this.client.pending(conversation.id)) {
      if (change?.targetKey === seq && !mayBeStored) this.client.discard(id);
    }
    const files = attachments ? { attachments } : { attachmentUrl, attachmentMeta };
    const mentions = this.#mentions(conversation, text);
    this.client.editMessage(conversation.id, seq, { body: text, ...files, ...mentions }).catch(() => {
      // It stays in the outbox as failed, where it is shown.
    });
    this.#page.changed();
  }

  /** From a message on all is to be read again. @param {Conversation} conversation @param {number} seq */
  async markUnread(conversation, seq) {
    try {
      await this.client.markUnread(conversation.id, seq);
      conversation.markUnread(seq);
      this.attention.say(words.markedUnread);
      this.#page.changed();
    } catch (error) {
      this.attention.failed(error);
    }
  }

  /** @param {{id: string}} conversation @param {{seq: any}} item */
  delete(conversation, item) {
    this.client.deleteMessage(conversation.id, item.seq).catch(() => {
      // likewise
    });
    this.#page.changed();
  }

  /** @param {Conversation} conversation @param {boolean} typing */
  sayTyping(conversation, typing) {
    this.client.typing(conversation.id, typing);
  }

  /** @param {Conversation} conversation */
  async setMuted(conversation, muted = !conversation.muted) {
    try {
      await this.client.setMuted(conversation.id, muted);
      conversation.muted = muted;
      this.#page.changed();
    } catch (error) {
      this.attention.failed(error);
    }
  }

  /** Nobody writes there any more, or all do again. @param {Conversation} conversation @param {boolean} isArchived */
  archive({ id }, isArchived) {
    return this.client.changeConversation(id, { isArchived }).catch(error => this.attention.failed(error));
  }

  /** Null where it is not known: without a connection nobody tells. @param {string|null} user */
  isOnline(user) {
    return this.online && user !== null ? this.presence.of(user)?.online ?? false : null;
  }

  async startDirect(name) {
    this.#begun(await this.client.createConversation({ participantIds: [name], kind: 'direct' }));
  }

  async startGroup(names, title) {
    const command = { participantIds: names, kind: 'group', title: title === '' ? null : title };
    this.#begun(await this.client.createConversation(command));
  }

  async addPeople(conversation, names) {
    await this.client.addParticipants(conversation.id, names);
    await this.presence.people(conversation);
  }

  /** Brings the list of people of what is open up to date. */
  askPeople() {
    this.bringSide();
    if (this.opened !== null && this.online) this.presence.people(this.opened);
  }

  /** Something that is shown has changed. */
  changed() {
    this.#page.changed();
  }

  #statusChanged = () => {
    if (this.#isOver) return;
    if (this.online) this.#connected();
    else this.#disconnected();
    const { state, reason } = this.client.status;
    if (state === 'signedOut') this.#page.signedOut(true);
    else if (reason?.status === 401) this.#page.signedOut(false);
    this.#incoming.changed();
  };

  #disconnected() {
    for (const conversation of this.conversations.all.values()) conversation.behind = null;
    // Nothing came yet, and nothing comes: drafts and what waits to be sent are there all the same.
    if (!this.loaded && this.client.status.reason !== null) this.conversations.recall(known.get());
  }

  #remember = () => {
    if (this.loaded) known.set(this.conversations.remembered());
  };

  #connected() {
    if (this.side !== null) this.side.again();
    else setTimeout(() => this.bringSide(), QuietMilliseconds);
    this.presence.contacts();
    profiles.again();
    this.time.learn('app/icon.svg').then(this.#page.changed);
    const conversation = this.opened;
    // A client that was refused has ended what it followed.
    for (const one of this.conversations.all.values()) if (this.#isFollowed(one)) this.reading.follow(one);
    if (conversation?.failed) this.reading.older(conversation);
  }

  #outboxChanged = change => {
    const { id, change: of, state, error } = change.message;
    // The user was told why not, and there is nothing to try again.
    if (of?.kind === 'reactions') {
      if (state === 'failed' && change.type !== 'discarded') queueMicrotask(() => this.client.discard(id));
    } else if (change.type === 'failed' && of?.targetSequence !== null) { // a message speaks for what waits for it
      this.attention.say(words.notSent(refusalWords(error)));
    }
    this.#incoming.changed();
  };

  #looked = () => {
    if (document.hidden) return this.#remember();
    if (this.online) {
      this.#listing.ask(); // a change may have been lost
      this.side?.again();
    }
    this.#passing.now();
    this.#page.changed();
  };

  get #changesBySecond() {
    return this.client.status.state === 'waiting' || (this.opened?.typing.size ?? 0) > 0;
  }

  #listed() {
    this.conversations.isWhole();
    this.#remember();
    if (this.current === lobby && this.first !== lobby) location.replace('#/');
  }

  #summaryCame(summary) {
    const conversation = this.conversations.apply(summary, this.loaded);
    if (conversation.newest?.moves) this.conversations.peopleMoved(conversation);
    this.conversations.lookUp();
    this.#incoming.changed();
  }

  #added(conversation) {
    const { lastRead } = conversation;
    if (lastRead > 0 && conversation.kind === 'public') this.markRead(conversation.id, lastRead);
    if (this.loaded) {
      this.presence.contacts();
      profiles.again();
    }
    if (conversation.id === this.current) this.#show(conversation);
    else if (this.#isFollowed(conversation)) this.reading.follow(conversation);
  }

  #isFollowed(conversation) {
    return conversation.id === this.current || conversation.kind === 'public';
  }

  #show(conversation) {
    if (conversation === null) return;
    this.#incoming.ask(conversation);
    if (conversation.needsNames) this.conversations.peopleMoved(conversation);
    this.reading.open(conversation, this.#wanted);
    this.#wanted = 0;
    this.side?.show();
  }

  #begun(summary) {
    this.conversations.apply(summary, false);
    this.conversations.lookUp();
    location.hash = `#/c/${summary.id}`;
  }

  #removed(conversation) {
    if (conversation !== undefined) this.#incoming.closed(conversation);
  }
}
