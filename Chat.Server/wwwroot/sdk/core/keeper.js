import { within } from './clock.js';

const stepMilliseconds = 3_000;

/** @typedef {import('./outbox.js').Item} Item */

/**
 * Messages on their way to the store: one step after the other, each with a bound. A store that fails or hangs costs
 * durability, never a message; failed steps are repeated.
 */
export class Keeper {
  #store;
  #clock;
  #onKept;
  /**
   * Changes that the store does not have yet: a message in its current state, or null: removed. @type
   * {Map<string, Item | null>}
   */
  #dirty = new Map();
  /** Messages that the store may have. @type {Set<string>} */
  #given = new Set();
  /** Messages that would be lost with this client. @type {Set<string>} */
  #unsafe = new Set();
  /** Messages that the store has jotted down. @type {Set<string>} */
  #jotted = new Set();
  #isOpen = false;
  #isOpening = false;
  #isTroubled = false;
  /** @type {() => Promise<Item[]>} */
  #openStore = async () => [];
  /** @type {(stored: Item[]) => void} */
  #onLate = () => {};
  #writing = null;
  #wasKept = true;

  /**
   * @param {import('../chat-client.js').OutboxStore} store
   * @param {import('../chat-client.js').Clock} clock
   * @param {(isKept: boolean) => void} onKept whether it is kept changed
   */
  constructor(store, clock, onKept) {
    this.#store = store;
    this.#clock = clock;
    this.#onKept = onKept;
    this.#wasKept = this.isKept;
  }

  /** Whether all waiting messages would survive this client, as far as known. */
  get isKept() {
    return this.#isDurable && this.#unsafe.size === 0;
  }

  get #isDurable() {
    return this.#store.isDurable !== false;
  }

  /**
   * The messages that earlier clients left, in order; none when the store does not answer in time.
   * @param {string} owner
   * @param {(stored: Item[]) => void} onLate gets the messages that a slow store returns later
   * @returns {Promise<Item[]>}
   */
  async open(owner, onLate) {
    if (!this.#isDurable) return [];
    this.#onLate = onLate;
    this.#openStore = () => this.#store.open(owner);
    let isLate = false;
    const opening = this.#begin((stored) => { if (isLate) onLate(stored); });
    try {
      return await within(this.#clock, stepMilliseconds, opening);
    } catch {
      [isLate, this.#isTroubled] = [true, true];
      this.#warn();
      return [];
    }
  }

  /** @param {(stored: Item[]) => void} onOpen */
  async #begin(onOpen) {
    this.#isOpening = true;
    try {
      const stored = await this.#openStore();
      [this.#isOpen, this.#isTroubled] = [true, false];
      onOpen(stored);
      this.#write();
      return stored;
    } finally {
      this.#isOpening = false;
    }
  }

  /** @param {Item} item */
  put(item) {
    if (!this.#isDurable) return;
    const copy = { ...item };
    if (this.#jot(item.id, copy)) this.#jotted.add(item.id);
    this.#dirty.set(item.id, copy);
    if (this.#isTroubled) this.#warn();
    this.#write();
  }

  /** @param {string} id */
  delete(id) {
    if (!this.#isDurable) return;
    if (this.#jotted.delete(id)) this.#jot(id, null);
    this.#unsafe.delete(id);
    this.#dirty.delete(id); // behind all that is to be written before it
    if (this.#given.has(id)) this.#dirty.set(id, null);
    this.#tell();
    this.#write();
  }

  /** A message that came from the store. @param {string} id */
  took(id) {
    this.#given.add(id);
  }

  /** Repeats the steps that failed. */
  again() {
    if (this.#isTroubled && !this.#isOpening) this.#begin(this.#onLate).catch(() => {});
    this.#write();
  }

  /** The messages of clients that ended meanwhile. @returns {Promise<Item[]>} */
  async adopt() {
    if (!this.#isOpen || !this.#store.adopt) return [];
    return await this.#step(() => /** @type {any} */ (this.#store).adopt()) ?? [];
  }

  /** Removes everything that is the owner's. @param {string} owner */
  async clear(owner) {
    if (!this.#isDurable) return;
    await this.#writing;
    await this.#step(async () => {
      if (!this.#isOpen) await this.#store.open(owner); // else what earlier clients left is not known
      this.#isOpen = true;
      await this.#store.clear?.();
    });
  }

  async close() {
    await this.#writing;
    const wasOpen = this.#isOpen;
    [this.#isOpen, this.#isTroubled] = [false, false];
    if (wasOpen) await this.#step(() => this.#store.close());
  }

  #jot(id, message) {
    try {
      return this.#store.jot?.(id, message) ?? false;
    } catch {
      return false;
    }
  }

  #write() {
    if (this.#writing || this.#dirty.size === 0) return;
    if (!this.#isOpen) return;
    this.#writing = this.#writeAll().finally(() => { this.#writing = null; });
  }

  // Steps that are added meanwhile come last.
  async #writeAll() {
    const failed = new Map();
    for (const [id, item] of this.#dirty) {
      this.#dirty.delete(id);
      this.#given.add(id);
      const isDone = await this.#step(async () => {
        await (item ? this.#store.put(item) : this.#store.delete(id));
        return true;
      });
      if (isDone) this.#isWritten(id, item);
      else failed.set(id, item);
      if (isDone === undefined) break; // it hangs, and so would the next step
    }
    for (const [id, item] of failed) if (!this.#dirty.has(id)) this.#dirty.set(id, item);
    if (failed.size > 0) this.#warn();
  }

  #isWritten(id, item) {
    this.#unsafe.delete(id);
    if (!item) this.#given.delete(id);
    this.#tell();
  }

  /** The answer; null: it failed; undefined: it timed out. @template T @param {() => Promise<T>} step */
  async #step(step) {
    let failed = false;
    const answer = attempt(step).catch(() => {
      failed = true;
      return null;
    });
    try {
      return await within(this.#clock, stepMilliseconds, answer);
    } catch {
      return failed ? null : undefined;
    }
  }

  #warn() {
    for (const [id, item] of this.#dirty) if (item && !this.#jotted.has(id)) this.#unsafe.add(id);
    this.#tell();
  }

  #tell() {
    if (this.isKept === this.#wasKept) return;
    this.#wasKept = this.isKept;
    this.#onKept(this.#wasKept);
  }
}

/** @template T @param {() => Promise<T>} step @returns {Promise<T>} */
async function attempt(step) {
  return step();
}
