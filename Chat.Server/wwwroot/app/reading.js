// What is open is joined and its log is loaded; everything else is known from the list. The lobby stays joined: of it
// the list tells less.

const Page = 60, MostAtOpen = 500;
/** A log that lies further behind is loaded anew rather than read on. */
const MostReadOn = 200;
/** So many logs are kept for when the user comes back. */
const KeptLogs = 5;

/** @typedef {import('./conversation.js').Conversation} Conversation */

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
    if (seq === 0 || !await this.goTo(conversation, seq)) await this.#load(conversation);
  }

  /** It is not looked at any more. @param {Conversation} conversation */
  leave(conversation) {
    [conversation.newFrom, conversation.atEnd] = [0, true];
    if (conversation.kind !== 'public') conversation.leave();
  }

  /** Joins it, if it is not. @param {Conversation} conversation */
  follow(conversation) {
    if (conversation.follower !== null || conversation.closed) return;
    const { log, newest } = conversation;
    const after = conversation.isElsewhere ? conversation.last : log.last;
    const mine = conversation.follower = this.#client.follow(conversation.id, {
      after,
      afterEntry: log.at(after) ?? (newest?.seq === after ? newest : null),
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

  /** A page of older messages. @param {Conversation} conversation */
  async older(conversation, limit = Page) {
    const { log } = conversation;
    if (conversation.loading || log.whole) return;
    await this.#loading(conversation, 'loading', async () => {
      log.prepend(await this.#page(conversation, { before: log.after + 1, limit }));
      if (!conversation.atEnd) log.trimEnd();
    });
  }

  /** A page of what came while the log was full. @param {Conversation} conversation */
  async newer(conversation) {
    const { log } = conversation;
    if (conversation.loadingNewer || log.last >= conversation.last) return;
    await this.#loading(conversation, 'loadingNewer', async () => {
      log.append(await this.#page(conversation, { after: log.last, limit: Page }));
      log.trim({ items: 1_000, bytes: 4 * 1024 * 1024 });
    });
  }

  /** The newest messages, wherever the reader is. @param {Conversation} conversation */
  async newest(conversation) {
    if (conversation.log.last >= conversation.last) return;
    conversation.forget();
    await this.#load(conversation);
  }

  /**
   * Brings a message into view, wherever it is.
   * @param {Conversation} conversation
   * @param {number} seq
   * @returns {Promise<boolean>} whether it could be loaded
   */
  async goTo(conversation, seq) {
    const wanted = Math.max(1, Math.min(seq, conversation.last));
    const asked = conversation.target = wanted;
    if (conversation.log.at(wanted) === undefined) {
      const after = Math.max(0, wanted - Page / 2);
      const loaded = await this.#loading(conversation, 'loading', async () => {
        const page = await this.#page(conversation, { after, limit: Page });
        if (conversation.target === asked) conversation.hold(page, after);
      });
      if (!loaded) conversation.target = 0;
      return loaded;
    }
    conversation.atEnd = false;
    this.#calls.changed();
    return true;
  }

  /**
   * The first entry of a time or after it; 0: there is none. Asked for by halving what is left.
   * @param {Conversation} conversation
   * @param {number} time milliseconds since 1970
   */
  async firstSince(conversation, time) {
    let low = 1, high = conversation.last + 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const held = conversation.log.at(middle);
      const { entries } = held ? { entries: [held] }
        : await this.#client.history(conversation.id, { after: middle - 1, limit: 1 });
      if (entries.length === 0 || Date.parse(entries[0].createdAt) >= time) high = middle;
      else low = middle + 1;
    }
    return low > conversation.last ? 0 : low;
  }

  // Away from the end, edits of what is shown may lie further on: the server says beside it what messages say now.
  async #page(conversation, query) {
    const isFar = conversation.isElsewhere || conversation.target > 0;
    const shown = isFar ? this.#client.history(conversation.id, { ...query, view: 'main' }).catch(() => null) : null;
    const { entries } = await this.#client.history(conversation.id, query);
    conversation.takeCurrent((await shown)?.current ?? []);
    return conversation.take(entries);
  }

  async #load(conversation) {
    if (conversation.opened) return this.#calls.changed();
    const { log } = conversation;
    const wanted = Math.max(Page, Math.min(MostAtOpen, conversation.unread + 20));
    // A page may end before its limit, where messages are large.
    for (let held = -1; log.items.length < wanted && log.items.length > held
      && conversation.log === log;) {
      held = log.items.length;
      await this.older(conversation, wanted - held);
    }
    if (conversation.log !== log) return;
    conversation.opened = true;
    this.#calls.changed();
  }

  async #loading(conversation, flag, load) {
    conversation[flag] = true;
    conversation.failed = false;
    this.#calls.changed();
    try {
      await load();
    } catch {
      conversation.failed = true;
    }
    conversation[flag] = false;
    this.#calls.changed();
    return !conversation.failed;
  }
}
