// What this page knows and can do: the conversations, over one ChatClient. The views read it and call it; it asks them to draw.

import { ChatClient, lobby } from '../sdk/chat-client.js';
import { Connection } from './connection.js';
import { Conversation } from './conversation.js';
import { itemOf } from './log.js';
import { Presence } from './presence.js';
import { ReadMarks } from './read-marks.js';
import { lastOpen, peers } from './stored.js';

const Page = 60, MostAtOpen = 500;
const TypingShownMilliseconds = 8_000;

export class Chat {
  lobby = lobby;
  /** @type {Map<string, Conversation>} */
  conversations = new Map();
  /** @type {string|null} The id of what is open. */
  current = null;
  /** Whether the list came at least once. */
  loaded = false;
  #page;

  /** @param {string} self @param {{changed: () => void, changedInFrame: () => void, announcer: import('./announcer.js').Announcer, notifier: import('./notifier.js').Notifier}} page */
  constructor(self, page) {
    this.self = self;
    this.#page = page;
    this.client = new ChatClient({ userId: self });
    this.connection = new Connection(this.client, this.conversations, page.changed);
    this.presence = new Presence(this.client, page.changed);
    this.marks = new ReadMarks(this.client);
  }

  start() {
    this.client.on('status', this.#statusChanged);
    this.client.on('outbox', this.#outboxChanged);
    this.client.on('presence', change => this.presence.apply(change, this.conversations.get(change.conversationId)));
    this.client.on('conversations', summaries => this.#listCame(summaries));
    this.client.on('conversationChanged', summary => this.#listCame([summary]));
    this.client.on('conversationRemoved', id => this.conversations.has(id) && this.#closed(this.conversations.get(id)));
    addEventListener('focus', this.#looked);
    document.addEventListener('visibilitychange', this.#looked);
    this.#askList();
    this.client.start().catch(() => {
      // The status says what became of it.
    });
  }

  async stop() {
    removeEventListener('focus', this.#looked);
    document.removeEventListener('visibilitychange', this.#looked);
    this.connection.stop();
    await this.client.stop();
  }

  get online() {
    return this.client.status.state === 'connected';
  }

  /** The last active first. */
  sorted() {
    return [...this.conversations.values()].sort((a, b) => b.activeAt - a.activeAt);
  }

  unread() {
    let sum = 0;
    for (const conversation of this.conversations.values()) sum += conversation.unread;
    return sum;
  }

  /** Shows a conversation. @param {string|null} id */
  open(id) {
    this.current = id;
    const conversation = this.conversations.get(id);
    if (id !== null) lastOpen.set(this.self, id);
    if (conversation !== undefined) this.#load(conversation);
    this.#page.changed();
  }

  /** A page of older messages. @param {Conversation} conversation */
  async loadOlder(conversation, limit = Page) {
    if (conversation.loading || conversation.log.whole) return;
    conversation.loading = true;
    conversation.failed = false;
    this.#page.changed();
    try {
      const page = await this.client.history(conversation.id, { before: conversation.log.after + 1, limit });
      conversation.log.prepend(page.entries.map(itemOf));
    } catch {
      conversation.failed = true;
    }
    conversation.loading = false;
    this.#page.changed();
  }

  /** All that has come of it is in view. @param {Conversation} conversation */
  seen(conversation) {
    if (document.hidden || !document.hasFocus() || conversation.id !== this.current || conversation.unread === 0) return;
    conversation.lastRead = conversation.last;
    this.marks.mark(conversation.id, conversation.last);
    this.#page.changed();
  }

  /** Stores a message as soon as there is a connection. @param {Conversation} conversation @param {string} text */
  send(conversation, text) {
    conversation.newFrom = 0;
    this.client.send(conversation.id, text).catch(() => {
      // It stays in the outbox as failed, where it is shown.
    });
    this.#page.changed();
  }

  /** What I wrote here and is not stored yet. @param {Conversation} conversation */
  pending(conversation) {
    return this.client.pending(conversation.id).filter(sending => !conversation.holds(sending.id))
      .map(sending => ({ key: sending.id, text: sending.body ?? '', failed: sending.state === 'failed', reason: sending.error?.message ?? null }));
  }

  retry(key) {
    this.client.retry(key);
  }

  discard(key) {
    this.client.discard(key);
  }

  reconnect() {
    this.client.reconnectNow();
  }

  /** @param {Conversation} conversation @param {boolean} typing */
  sayTyping(conversation, typing) {
    this.client.typing(conversation.id, typing);
  }

  /** Who writes there at this moment. @param {Conversation} conversation */
  typists(conversation) {
    const since = performance.now() - TypingShownMilliseconds;
    return [...conversation.typing].filter(([, at]) => at > since).map(([user]) => user);
  }

  /** Null where it is not known: without a connection nobody tells. @param {string|null} user */
  isOnline(user) {
    return this.online && user !== null ? this.presence.of(user)?.online ?? false : null;
  }

  /** @param {string|null} user */
  presenceOf(user) {
    return this.presence.of(user);
  }

  async startDirect(name) {
    this.#show(await this.client.createConversation({ participantIds: [name], kind: 'direct' }));
  }

  async startGroup(names, title) {
    this.#show(await this.client.createConversation({ participantIds: names, kind: 'group', title: title === '' ? null : title }));
  }

  async addPeople(conversation, names) {
    await this.client.addParticipants(conversation.id, names);
    await this.presence.people(conversation);
  }

  /** Brings the list of people of what is open up to date. */
  askPeople() {
    const conversation = this.conversations.get(this.current);
    if (conversation !== undefined && this.online) this.presence.people(conversation);
  }

  #statusChanged = () => {
    if (this.online) {
      this.marks.again();
      this.presence.contacts();
      const conversation = this.conversations.get(this.current);
      if (conversation?.failed) this.loadOlder(conversation);
    } else for (const conversation of this.conversations.values()) conversation.behind = null;
    this.connection.changed();
    this.#page.changed();
  };

  #outboxChanged = () => {
    this.connection.changed();
    this.#page.changed();
  };

  #looked = () => {
    if (!document.hidden) {
      if (this.online) this.#askList(); // a change may have been lost
      this.#page.changed();
    }
  };

  async #askList() {
    try {
      for await (const page of this.client.conversationPages()) this.#listCame(page);
      this.loaded = true;
      this.#page.changed();
    } catch {
      // The status says why.
    }
  }

  #listCame(summaries) {
    let came = false;
    for (const summary of summaries) {
      const known = this.conversations.get(summary.id);
      if (known === undefined || known.closed) {
        this.#add(summary);
        came = true;
        if (this.loaded) this.#begun(this.conversations.get(summary.id));
      } else {
        known.lastRead = Math.max(known.lastRead, summary.lastReadSequence);
        known.title = summary.title;
      }
    }
    if (came && this.loaded) this.presence.contacts();
    this.#page.changed();
  }

  // A new conversation may come with its first message, which its follower does not bring.
  #begun(conversation) {
    const item = conversation.newest;
    if (item === null || item.type === 'note' || item.sender === this.self || item.seq <= conversation.lastRead) return;
    this.#tell(conversation, item);
  }

  #show(summary) {
    if (!this.conversations.has(summary.id)) {
      this.#add(summary);
      this.presence.contacts();
    }
    location.hash = `#/c/${summary.id}`;
  }

  #add(summary) {
    const conversation = new Conversation(summary, this.self);
    this.conversations.set(conversation.id, conversation);
    conversation.follower = this.client.follow(conversation.id, {
      after: conversation.last,
      onEntries: (entries, { behind }) => {
        conversation.behind = behind;
        this.#came(conversation, entries.map(itemOf));
      },
      onJoined: ({ behind }) => this.#joined(conversation, behind),
      onCaughtUp: () => this.#behind(conversation, 0),
      onSignal: signal => this.#signal(conversation, signal),
      onEnd: () => this.#closed(conversation),
    });
    if (conversation.lastRead > summary.lastReadSequence) this.marks.mark(conversation.id, conversation.lastRead);
    this.#name(conversation);
    if (conversation.id === this.current) this.#load(conversation);
  }

  // A conversation without a title is called after its people, who are in its first entry.
  async #name(conversation) {
    if (conversation.title || conversation.kind === 'public') return;
    conversation.peers = peers.get(conversation.id);
    if (conversation.peers === null) {
      try {
        const page = await this.client.history(conversation.id, { after: 0, limit: 1 });
        conversation.peers = page.entries[0]?.participantIds ?? [];
        peers.set(conversation.id, conversation.peers);
      } catch {
        conversation.peers = null;
      }
    }
    this.#page.changed();
  }

  async #load(conversation) {
    conversation.newFrom = conversation.unread > 0 ? conversation.lastRead + 1 : 0;
    this.presence.people(conversation);
    this.#askReadPositions(conversation);
    if (conversation.opened) return;
    const wanted = Math.max(Page, Math.min(MostAtOpen, conversation.unread + 20));
    // A page may end before its limit, where messages are large.
    for (let held = -1; conversation.log.items.length < wanted && conversation.log.items.length > held;) {
      held = conversation.log.items.length;
      await this.loadOlder(conversation, wanted - held);
    }
    conversation.opened = true;
    this.#page.changed();
  }

  async #askReadPositions(conversation) {
    try {
      for (const position of await this.client.readPositions(conversation.id)) this.#read(conversation, position);
    } catch {
      // Asked again when the connection is back.
    }
  }

  #came(conversation, items) {
    const looking = conversation.id === this.current && !document.hidden && document.hasFocus();
    const read = conversation.lastRead;
    conversation.append(items);
    if (conversation.people !== null && items.some(item => item.type === 'note')) this.presence.people(conversation);
    for (const item of items) {
      if (item.sender === this.self || item.type !== 'message' || item.seq <= read) continue;
      if (!looking && conversation.newFrom === 0) conversation.newFrom = item.seq;
      this.#tell(conversation, item);
    }
    // The client hands out entries at the beginning of a frame.
    if (looking) this.#page.changedInFrame();
    else this.#page.changed();
  }

  #tell(conversation, item) {
    this.#page.announcer.message(conversation.id === this.current ? '' : ` in ${conversation.name}`, item);
    this.#page.notifier.message(conversation, item);
  }

  #joined(conversation, behind) {
    this.#behind(conversation, behind);
    if (conversation.id !== this.current) return;
    this.presence.people(conversation);
    this.#askReadPositions(conversation);
  }

  #behind(conversation, behind) {
    conversation.behind = behind;
    this.connection.changed();
    this.#page.changed();
  }

  #signal(conversation, { type, value }) {
    if (type === 'typing') this.#typing(conversation, value);
    else if (type === 'readPosition') this.#read(conversation, value);
  }

  #typing(conversation, { userId, isTyping }) {
    if (isTyping) conversation.typing.set(userId, performance.now());
    else conversation.typing.delete(userId);
    this.#page.changed();
  }

  #read(conversation, { userId, sequence }) {
    if (userId === this.self) conversation.lastRead = Math.max(conversation.lastRead, Math.min(sequence, conversation.last));
    conversation.readTo.set(userId, Math.max(sequence, conversation.readTo.get(userId) ?? 0));
    this.#page.changed();
  }

  #closed(conversation) {
    conversation.closed = true;
    conversation.behind = 0;
    this.#page.changed();
  }
}
