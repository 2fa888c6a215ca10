// What is open is joined and its log is loaded; everything else is known from the list. The lobby stays joined: of it
// the list tells less.

import { Log } from './log.js';

const Page = 60, MostAtOpen = 500;
const First = { view: 'main', thread: undefined };
/** A log that lies further behind is loaded again rather than read on. */
const MostReadOn = 200;
/** So many logs are kept for when the user comes back. */
const KeptLogs = 5;

/** @typedef {import('./conversation.js').Conversation} Conversation */
/** @typedef {import('./stream.js').Stream} Stream */

export class Reading {
  #client;
  #calls;
  /** Those that were open last, the newest at the end. @type {Conversation[]} */
  #recent = [];

  /**
   * @param {import('../sdk/chat-client.js').ChatClient} client
   * @param {{changed: () => void, came: (conversation: Conversation, items: import('./log.js').Item[]) => void,
   *   joined: (conversation: Conversation) => void, signal: (conversation: Conversation, signal: any) => void,
   *   closed: (conversation: Conversation) => void}} calls
   */
  constructor(client, calls) {
    this.#client = client;
    this.#calls = calls;
    // What was loaded of the others may be there no more.
    client.on('discontinuity', () => {
      for (const one of this.#recent) if (one.follower === null) one.forget();
    });
  }

  /**
   * Shows a conversation.
   * @param {Conversation} conversation
   * @param {number} seq what of it; 0: its end, or what is new
   */
  async open(conversation, seq) {
    conversation.isKeptUnread = false;
    conversation.newFrom = conversation.unread > 0 ? conversation.lastRead + 1 : 0;
    this.#recent = [...this.#recent.filter(one => one !== conversation), conversation];
    while (this.#recent.length > KeptLogs) this.#recent.shift()?.forget();
    const most = conversation.follower === null ? MostReadOn : 0;
    if (conversation.last - conversation.log.last > most) conversation.forget();
    this.follow(conversation);
    if (seq === 0 || !await this.goTo(conversation, seq)) await this.load(conversation);
  }

  /** It is not looked at any more. @param {Conversation} conversation */
  leave(conversation) {
    [conversation.newFrom, conversation.atEnd] = [0, true];
    if (conversation.kind !== 'public') conversation.leave();
  }

  /** Joins it, if it is not. @param {Conversation} conversation */
  follow(conversation) {
    if (conversation.follower !== null || conversation.closed) return;
    const { log, newest, tail } = conversation;
    const after = conversation.isElsewhere ? conversation.last : log.last;
    const mine = conversation.follower = this.#client.follow(conversation.id, {
      after,
      afterEntry: [tail, log.at(after), newest].find(item => item?.seq === after) ?? null,
      onDiscontinuity: ({ after }) => {
        conversation.putBack(after);
        this.#calls.changed();
      },
      onEntries: (entries, { behind }) => {
        conversation.behind = behind;
        this.#calls.came(conversation, conversation.take(entries));
      },
      onJoined: ({ behind }) => {
        conversation.behind = behind;
        this.#calls.joined(conversation);
      },
      onCaughtUp: () => {
        conversation.behind = 0;
        this.#calls.changed();
      },
      onSignal: signal => this.#calls.signal(conversation, signal),
      onEnd: error => {
        if (conversation.follower !== mine) return;
        [conversation.follower, conversation.behind] = [null, null];
        // Without a connection nobody was removed.
        if (error === null || error.name === 'ChatRefusedError') this.#calls.closed(conversation);
      },
    });
  }

  /** A page of older messages. @param {Stream} stream */
  async older(stream, limit = Page) {
    const { log } = stream;
    if (stream.loading || log.whole) return;
    await this.#loading(stream, 'loading', async () => {
      await this.#before(stream, log, limit);
      if (!stream.atEnd) log.trimEnd();
    });
  }

  /** A page of what came while the log was full. @param {Stream} stream */
  async newer(stream) {
    const { log } = stream;
    if (stream.loadingNewer || log.last >= stream.last) return;
    await this.#loading(stream, 'loadingNewer', async () => {
      await this.#behind(stream, log, Page);
      log.trim({ items: 1_000, bytes: 4 * 1024 * 1024 });
    });
  }

  /** The newest messages, wherever the reader is. @param {Stream} stream */
  async newest(stream) {
    if (stream.log.last >= stream.last) return;
    stream.forget();
    await this.load(stream);
  }

  /**
   * Brings a message into view, wherever it is.
   * @param {Stream} stream
   * @param {number} seq
   * @returns {Promise<boolean>} whether it could be loaded
   */
  async goTo(stream, seq) {
    const wanted = stream.target = Math.max(1, Math.min(seq, stream.last));
    if (!stream.log.covers(wanted)) {
      const loaded = await this.#loading(stream, 'loading', async () => {
        const log = new Log(wanted, stream.log.begin);
        await Promise.all([this.#before(stream, log, Page / 2), this.#behind(stream, log, Page / 2)]);
        if (stream.target === wanted) stream.hold(log);
      });
      if (!loaded) stream.target = 0;
      return loaded;
    }
    stream.atEnd = false;
    this.#calls.changed();
    return true;
  }

  async #before(stream, log, limit) {
    const { items } = await this.#page(stream, { before: log.after + 1, limit });
    if (items.length > 0) return log.prepend(items, items[0].seq - 1);
    // Behind the first reply of a thread there is what it began with.
    const first = stream.thread === null ? null : await this.#page(stream, { ...First, after: log.begin, limit: 1 });
    log.prepend(first?.items ?? [], log.begin);
  }

  // Up to the newest of the page, or where there is none, up to the newest that there is.
  async #behind(stream, log, limit) {
    const { items, head } = await this.#page(stream, { after: log.last, limit });
    log.extend(items, items.at(-1)?.seq ?? head);
  }

  // The server says beside a page what its messages say now.
  async #page(stream, query) {
    const page = await this.#client.history(stream.id, { ...stream.query, ...query });
    return { items: stream.take(page.entries, page), head: page.head };
  }

  /** Its end, or what of it is new. @param {Stream} stream */
  async load(stream) {
    if (stream.opened) return this.#calls.changed();
    const { log } = stream;
    const wanted = Math.max(Page, Math.min(MostAtOpen, stream.unread + 20));
    // A page may end before its limit, where messages are large.
    for (let held = -1; log.items.length < wanted && log.items.length > held && stream.log === log;) {
      held = log.items.length;
      await this.older(stream, wanted - held);
    }
    if (stream.log !== log) return;
    stream.opened = true;
    this.#calls.changed();
  }

  async #loading(stream, flag, load) {
    stream[flag] = true;
    stream.failed = false;
    this.#calls.changed();
    try {
      await load();
    } catch {
      stream.failed = true;
    }
    stream[flag] = false;
    this.#calls.changed();
    return !stream.failed;
  }
}
