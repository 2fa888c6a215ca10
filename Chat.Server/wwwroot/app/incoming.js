// What comes of a conversation that is joined: entries, who types, how far others have read, and its end.

import { withOwn } from './reactions.js';

/** @typedef {import('./conversation.js').Conversation} Conversation */

export class Incoming {
  #chat;
  #page;

  /** @param {import('./chat.js').Chat} chat @param {{changed: () => void, changedInFrame: () => void}} page */
  constructor(chat, page) {
    this.#chat = chat;
    this.#page = page;
  }

  changed = () => {
    this.#chat.connection.changed();
    this.#page.changed();
  };

  /** @param {Conversation} conversation @param {import('./log.js').Item[]} items */
  came(conversation, items) {
    const chat = this.#chat;
    const looking = chat.attention.isOn(conversation), { lastRead: read, last, opened, atEnd } = conversation;
    if (conversation.append(items)) {
      chat.conversations.peopleMoved(conversation);
      if (conversation.people !== null) chat.presence.people(conversation);
    }
    chat.side?.came(conversation, items);
    // What one writes oneself is read: other devices are told.
    const isRead = looking && conversation.lastRead > read && conversation.unread === 0;
    if (isRead) chat.markRead(conversation.id, conversation.lastRead);
    for (const { change, erasure } of items) {
      const gone = change?.kind === 'messageDeleted' ? conversation.itemAt(change.targetSequence) : undefined;
      if (gone !== undefined) chat.attention.gone(gone);
      if (erasure) for (const item of conversation.log.items) if (item.deleted) chat.attention.gone(item);
    }
    for (const item of items) {
      if (!conversation.isOfOthers(item) || item.seq <= read) continue;
      if (!looking && conversation.newFrom === 0) conversation.newFrom = item.seq;
      chat.attention.tell(conversation, item);
    }
    // A reader at the end, who has read what came before, is about to see it: so it is drawn once, and not as unread
    // first.
    if (opened && atEnd && read >= last) chat.seen(conversation);
    chat.connection.changed();
    // The client hands out entries at the beginning of a frame.
    if (looking) this.#page.changedInFrame();
    else this.#page.changed();
  }

  /** @param {Conversation} conversation */
  joined(conversation) {
    this.changed();
    if (conversation.id === this.#chat.current) this.ask(conversation);
  }

  /** Who is there, and how far they have read. @param {Conversation} conversation */
  async ask(conversation) {
    const { presence, client } = this.#chat;
    presence.people(conversation);
    try {
      for (const position of await client.readPositions(conversation.id)) this.#read(conversation, position);
    } catch {
      // Asked again when the connection is back.
    }
  }

  /** @param {Conversation} conversation @param {any} signal */
  signal(conversation, { type, value }) {
    if (type === 'typing') this.#typing(conversation, value);
    else if (type === 'readPosition') this.#read(conversation, value);
    else if (type === 'ownReactions') this.reacted(conversation, value);
  }

  /** Which reactions the user has to a message from now on. @param {Conversation} conversation @param {any} own */
  reacted(conversation, { targetSequence, keys }) {
    conversation.change(targetSequence, held => ({ ...held, reactions: withOwn(held.reactions, keys) }));
    this.#page.changed();
  }

  /** @param {Conversation} conversation */
  closed(conversation) {
    conversation.closed = true;
    // A follower brings what comes before the end, and then says so.
    if (conversation.follower === null) conversation.leave();
    this.changed();
  }

  #typing(conversation, { userId, isTyping }) {
    if (isTyping) conversation.typing.set(userId, performance.now());
    else conversation.typing.delete(userId);
    this.#page.changed();
  }

  #read(conversation, { userId, sequence }) {
    if (userId === this.#chat.self) conversation.read(sequence);
    conversation.readTo.set(userId, Math.max(sequence, conversation.readTo.get(userId) ?? 0));
    this.#page.changed();
  }
}
