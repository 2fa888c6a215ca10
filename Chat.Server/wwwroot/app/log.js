// A stretch of a conversation's log, without holes, as this page holds it. Pure.

/**
 * @typedef {object} Item An entry, with what rendering needs many times worked out once.
 * @property {number} seq
 * @property {'message'|'note'|'hidden'} type A note is what is no message: somebody joined, for instance. What has no words for it is hidden.
 * @property {string} sender
 * @property {number} at Milliseconds since 1970.
 * @property {string} body
 * @property {string|null} key The dedupe key it was sent with.
 * @property {string|null} attachment
 */

/** @param {any} entry As the server shows it. @returns {Item} */
export function itemOf(entry) {
  const message = entry.kind === 'message';
  const body = message ? entry.body ?? '' : noteOf(entry);
  return {
    seq: entry.sequence,
    type: message ? 'message' : body ? 'note' : 'hidden',
    sender: entry.senderId,
    at: Date.parse(entry.createdAt),
    body,
    key: entry.dedupeKey ?? null,
    attachment: message ? entry.attachmentUrl ?? null : null,
  };
}

export class Log {
  /** @type {Item[]} */
  items = [];

  /** @param {number} after The stretch begins behind this sequence. */
  constructor(after) {
    this.after = after;
  }

  /** The newest sequence held, or the one the stretch begins behind. */
  get last() {
    return this.after + this.items.length;
  }

  /** Whether it goes back to the beginning of the conversation. */
  get whole() {
    return this.after === 0;
  }

  /** @param {number} seq @returns {Item|undefined} */
  at(seq) {
    return this.items[seq - this.after - 1];
  }

  /** @param {Item[]} items The next ones; those already held are passed over. */
  append(items) {
    for (const item of items) if (item.seq === this.last + 1) this.items.push(item);
  }

  /** @param {Item[]} items Older ones, the newest of which is the one this stretch begins behind. @returns {number} How many were taken. */
  prepend(items) {
    const older = items.filter(item => item.seq <= this.after);
    if (older.length === 0 || older[older.length - 1].seq !== this.after) return 0;
    this.items = older.concat(this.items);
    this.after = older[0].seq - 1;
    return older.length;
  }

  /** Lets go of what is old, so that a conversation that nobody looks at stays small. @param {number} keep */
  trim(keep) {
    if (this.items.length <= keep * 2) return;
    this.after = this.last - keep;
    this.items = this.items.slice(-keep);
  }
}

function noteOf(entry) {
  const who = entry.senderId;
  switch (entry.kind) {
    case 'conversationCreated':
      return `${who} started the conversation`;
    case 'participantsAdded':
      return `${who} added ${entry.participantIds.join(', ')}`;
    case 'participantRemoved':
      return entry.participantId === who ? `${who} left` : `${who} removed ${entry.participantId}`;
    case 'conversationRenamed':
      return entry.title ? `${who} named the conversation “${entry.title}”` : `${who} removed the title`;
    default:
      return '';
  }
}
