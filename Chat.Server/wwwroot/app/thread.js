// A thread of a conversation: the message that it began with, and the replies.

import { Log } from './log.js';
import { Stream } from './stream.js';

export class Thread extends Stream {
  /** Replies of others that were not read when it was opened. */
  unread = 0;
  /** Up to where it was marked as read. */
  readTo = 0;
  /** Marked as unread: it stays so until it is opened again, or the user writes there. */
  isKeptUnread = false;
  /** How far others have read is known of conversations only. */
  othersReadTo = 0;

  /** @param {import('./conversation.js').Conversation} conversation @param {number} first its first message */
  constructor(conversation, first) {
    super();
    this.conversation = conversation;
    this.thread = first;
    this.id = conversation.id;
    this.self = conversation.self;
    this.log = new Log(conversation.last, first - 1);
  }

  /** What comes to the conversation comes to it. */
  get last() {
    return this.conversation.last;
  }

  get place() {
    return `${this.id}/t/${this.thread}`;
  }

  get people() {
    return this.conversation.people;
  }

  get names() {
    return this.conversation.names;
  }

  get query() {
    return { view: 'thread', thread: this.thread };
  }

  shows = ({ type, seq, thread }) => type === 'message' && (seq === this.thread || thread === this.thread);

  showsPending({ thread = null }) {
    return thread === this.thread;
  }

  // All of them answer the first one.
  answered = ({ replyTo }) => (replyTo === this.thread ? null : replyTo);

  take(entries, page) {
    return this.conversation.take(entries, page);
  }
}
