import { Jotter } from './jotter.js';
import { newKey, unnamedOf } from './keys.js';

/** @typedef {import('../chat-client.js').OutboxStore} OutboxStore */
/** @typedef {import('../chat-client.js').StoredMessage} StoredMessage */

const records = 'outbox';

const unknownWriter = {
  code: 'unknown_writer',
  message: 'an earlier version kept this without noting who wrote it: send it only if it is yours',
};

/**
 * Keeps messages in IndexedDB. Each open client holds its own lock, and every message is marked with its holder.
 * Messages of a holder whose lock is gone (its page was closed or reloaded) are adopted by the next client that checks.
 * Without locks (pages that are not served securely, browsers that refuse them) every message found at the start is
 * adopted: two tabs may then send the same message, and the server stores it once, by its key. A page may be closed
 * before a transaction ends: until then the message is kept in localStorage.
 * @implements {OutboxStore}
 */
export class IndexedDbOutboxStore {
  #name;
  #factory;
  #locks;
  #jotter;
  #holder = newKey();
  #owner = '';
  #isOpen = false;
  /** @type {Promise<IDBDatabase> | null} */
  #db = null;
  /** @type {() => void} */
  #release = () => {};

  /**
   * @param {{name?: string, indexedDB?: IDBFactory, locks?: LockManager | null, storage?: Storage | null}} [options]
   */
  constructor(options = {}) {
    this.#name = options.name ?? 'chat-client';
    this.#factory = options.indexedDB ?? globalThis.indexedDB;
    this.#locks = options.locks === undefined ? globalThis.navigator?.locks ?? null : options.locks;
    this.#jotter = new Jotter(this.#name, this.#holder, options.storage);
  }

  /** @param {string} owner */
  async open(owner) {
    [this.#owner, this.#isOpen] = [owner, true];
    if (this.#locks) await this.#hold(this.#locks).catch(() => { this.#locks = null; });
    return this.#adopt(unnamedOf(owner));
  }

  async clear() {
    const jotted = this.#jotter.all().filter((jot) => jot.message.owner === this.#owner);
    for (const jot of jotted) this.#jotter.forget(jot);
    await this.#write((store) => {
      const cursor = store.index('owner').openKeyCursor(this.#owner);
      cursor.onsuccess = () => {
        if (!cursor.result) return;
        store.delete(cursor.result.primaryKey);
        cursor.result.continue();
      };
    });
  }

  async adopt() {
    return this.#isOpen && this.#locks ? this.#adopt() : [];
  }

  /** @param {string} id @param {StoredMessage | null} message */
  jot(id, message) {
    return message ? this.#jotter.put({ ...message, owner: this.#owner }) : this.#jotter.delete(id);
  }

  /** @param {number} least */
  nextNumber(least) {
    return this.#jotter.nextNumber(least);
  }

  /** @param {StoredMessage} message */
  async put(message) {
    await this.#write((store) => { store.put({ ...message, owner: this.#owner, holder: this.#holder }); });
    this.#jotter.delete(message.id);
  }

  /** @param {string} id */
  delete(id) {
    return this.#write((store) => { store.delete(id); });
  }

  async close() {
    const db = this.#db;
    [this.#isOpen, this.#db] = [false, null];
    this.#release();
    (await db)?.close();
  }

  /** @returns {Promise<IDBDatabase>} */
  #database() {
    this.#db ??= this.#openDatabase().catch((error) => {
      this.#db = null; // it may work the next time
      throw error;
    });
    return this.#db;
  }

  async #openDatabase() {
    const request = this.#factory.open(this.#name, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(records, { keyPath: 'id' }).createIndex('owner', 'owner');
    const db = /** @type {IDBDatabase} */ (await result(request));
    db.onclose = () => { this.#db = null; };
    return db;
  }

  /** @param {LockManager} locks @returns {Promise<void>} */
  #hold(locks) {
    return new Promise((resolve, reject) => {
      locks.request(this.#lockOf(this.#holder), () => {
        resolve();
        return new Promise((release) => { this.#release = () => release(undefined); });
      }).catch(reject);
    });
  }

  #lockOf(holder) {
    return `${this.#name}:${holder}`;
  }

  /** @param {string} [unnamed] an owner whose messages are taken over as well, and not sent by themselves */
  async #adopt(unnamed = this.#owner) {
    const held = new Set((await this.#locks?.query())?.held?.map((lock) => lock.name));
    const isFree = (holder) => holder !== this.#holder && !held.has(this.#lockOf(holder));
    const owners = [...new Set([this.#owner, unnamed])];
    const jotted = this.#jotter.all().filter((jot) => owners.includes(jot.message.owner) && isFree(jot.holder));
    const adopted = [];
    const take = (store, { owner, holder, ...message }) => {
      if (owner !== this.#owner) [message.state, message.error] = ['failed', unknownWriter];
      store.put({ ...message, owner: this.#owner, holder: this.#holder });
      adopted.push(message);
    };
    // In one transaction: of two tabs that check at once, the second sees what the first has adopted.
    await this.#write((store) => {
      const known = new Set();
      const look = ([of, ...others]) => {
        const cursor = store.index('owner').openCursor(of);
        cursor.onsuccess = () => {
          const at = cursor.result;
          if (at) {
            known.add(at.value.id);
            if (isFree(at.value.holder)) take(store, at.value);
            at.continue();
          } else if (others.length > 0) look(others);
          else for (const { message } of jotted) if (!known.has(message.id)) take(store, message);
        };
      };
      look(owners);
    });
    for (const jot of jotted) this.#jotter.forget(jot);
    return adopted.sort((a, b) => a.number - b.number);
  }

  /** @param {(store: IDBObjectStore) => void} change */
  async #write(change) {
    if (!this.#isOpen) throw new Error('The store is not open.');
    let transaction;
    try {
      transaction = (await this.#database()).transaction(records, 'readwrite');
    } catch (error) {
      this.#db = null; // closed by the browser: the next attempt opens it again
      throw error;
    }
    change(transaction.objectStore(records));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

/** @param {IDBRequest} request */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
