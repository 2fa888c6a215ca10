// One conversation as this page knows it.

import { Log, itemOf } from './log.js';
import { several } from './people.js';

const KeptUnopened = 100, LookedBack = 500;

export class Conversation {
  /** @type {Map<string, number>} Who types, and when that was last said. */
  typing = new Map();
  /** @type {Map<string, number>} How far the others have read. */
  readTo = new Map();
  /** @type {Map<string, {online: boolean, lastSeenAt: string|null}>|null} Its people; null until they are known. */
  people = null;
  onlineCount = 0;
  /** How often was asked who they are. */
  peopleAsked = 0;
  /** @type {string[]|null} Who took part from the start; null until known, and for the lobby. */
  peers = null;
  /** The message above which "new" is drawn; 0: none. */
  newFrom = 0;
  /** @type {number|null} How many entries are known to come; null while it is not joined. */
  behind = null;
  loading = false;
  failed = false;
  closed = false;
  opened = false;
  follower = null;

  constructor(summary, self) {
    this.id = summary.id;
    this.kind = summary.kind;
    this.title = summary.title;
    this.createdAt = Date.parse(summary.createdAt);
    this.self = self;
    this.log = new Log(summary.lastSequence);
    this.lastRead = summary.lastReadSequence;
    this.newest = summary.lastEntry ? itemOf(summary.lastEntry) : null;
    // Whoever wrote the last message has seen what is above.
    if (this.newest?.sender === self) this.lastRead = summary.lastSequence;
    // Whoever comes to the lobby for the first time has missed nothing.
    if (this.kind === 'public' && this.lastRead === 0) this.lastRead = summary.lastSequence;
  }

  get last() {
    return this.log.last;
  }

  get unread() {
    return Math.max(0, this.last - this.lastRead);
  }

  get activeAt() {
    return this.newest?.at ?? this.createdAt;
  }

  get direct() {
    return this.kind === 'direct';
  }

  /** The other one of a direct conversation; null while not known. */
  get peer() {
    return this.direct ? this.peers?.find(name => name !== this.self) ?? null : null;
  }

  get name() {
    if (this.title) return this.title;
    if (this.kind === 'public') return 'Lobby';
    if (this.peers === null) return '…';
    return several(this.peers.filter(name => name !== this.self)) || 'Just you';
  }

  /** How far somebody else has read; messages up to there have their second tick. */
  get othersReadTo() {
    let furthest = 0;
    for (const [user, seq] of this.readTo) if (user !== this.self && seq > furthest) furthest = seq;
    return furthest;
  }

  /** Whether a message of one's own has arrived. @param {string} key The one it was sent with. */
  holds(key) {
    const { items } = this.log;
    for (let i = items.length - 1; i >= 0 && i >= items.length - LookedBack; i--) if (items[i].key === key && items[i].sender === this.self) return true;
    return false;
  }

  /** New entries, in order. @param {import('./log.js').Item[]} items */
  append(items) {
    this.log.append(items);
    for (const item of items) {
      this.newest = item;
      this.typing.delete(item.sender);
      // Whoever writes has seen what is above.
      if (item.sender === this.self && this.lastRead === item.seq - 1) this.lastRead = item.seq;
    }
    if (!this.opened) this.log.trim(KeptUnopened);
  }
}
