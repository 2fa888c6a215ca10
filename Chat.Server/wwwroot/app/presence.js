// Who is there: of the contacts for the list, of the open conversation for its head and its people.

/** So many people are remembered; the one asked about last stays longest. */
const MostKnown = 5_000;

export class Presence {
  /** @type {Map<string, {online: boolean, lastSeenAt: string|null}>} */
  #known = new Map();
  #client;
  #changed;

  constructor(client, changed) {
    this.#client = client;
    this.#changed = changed;
  }

  /** @param {string|null} user */
  of(user) {
    return this.#known.get(user);
  }

  /** Asks about all who share a conversation with me; changes come from then on. */
  async contacts() {
    try {
      const snapshot = await this.#client.getPresence();
      for (const user of snapshot.users) this.#note(user.userId, user);
      this.#changed();
    } catch {
      // Asked again when the connection is back.
    }
  }

  /** Asks about the people of a conversation. @param {import('./conversation.js').Conversation} conversation */
  async people(conversation) {
    const asked = ++conversation.peopleAsked;
    try {
      const snapshot = await this.#client.getPresence(conversation.id);
      // Answers may overtake each other: what was asked last is the newest.
      if (asked !== conversation.peopleAsked) return;
      const there = ({ userId, online, lastSeenAt }) => /** @type {const} */ ([userId, { online, lastSeenAt }]);
      conversation.people = new Map(snapshot.users.map(there));
      conversation.onlineCount = snapshot.onlineCount;
      for (const user of snapshot.users) this.#note(user.userId, user);
      this.#changed();
    } catch {
      // likewise
    }
  }

  /**
   * Somebody came or went.
   * @param {any} change
   * @param {import('./conversation.js').Conversation|undefined} conversation Where that was watched, if in one.
   */
  apply(change, conversation) {
    this.#note(change.userId, change);
    const people = conversation?.people;
    if (people) {
      const before = people.get(change.userId)?.online ?? false;
      if (conversation.kind === 'public' && !change.online) people.delete(change.userId);
      else people.set(change.userId, { online: change.online, lastSeenAt: change.lastSeenAt });
      if (before !== change.online) conversation.onlineCount += change.online ? 1 : -1;
    }
    this.#changed();
  }

  #note(user, { online, lastSeenAt }) {
    this.#known.delete(user);
    this.#known.set(user, { online, lastSeenAt });
    if (this.#known.size > MostKnown) this.#known.delete(this.#known.keys().next().value);
  }
}
