import { newKey } from './keys.js';

/** @typedef {import('../chat-client.js').OutboxStore} OutboxStore */

const records = 'outbox';

/**
 * Keeps messages in IndexedDB. Each client that is open holds a lock of its own, and every message is marked with its holder; what belongs to a holder
 * whose lock is gone (its page was closed or reloaded) is adopted by the next client that looks. Where there are no locks (pages that are not served
 * securely) everything that is found at the start is adopted: two tabs may then send the same message, and the server stores it once, by its key.
 * @implements {OutboxStore}
 */
export class IndexedDbOutboxStore {
  #name;
  #factory;
  #locks;
  #holder = newKey();
  #owner = '';
  /** @type {IDBDatabase | null} */
  #db = null;
  /** @type {() => void} */
  #release = () => {};

  /** @param {{name?: string, indexedDB?: IDBFactory, locks?: LockManager | null}} [options] */
  constructor(options = {}) {
    this.#name = options.name ?? 'chat-client';
    this.#factory = options.indexedDB ?? globalThis.indexedDB;
    this.#locks = options.locks === undefined ? globalThis.navigator?.locks ?? null : options.locks;
  }

  /** @param {string} owner */
  async open(owner) {
    this.#owner = owner;
    if (this.#locks) await this.#hold(this.#locks);
    this.#db = await this.#openDatabase();
    return this.#adopt();
  }

  async adopt() {
    return this.#db && this.#locks ? this.#adopt() : [];
  }

  /** @param {import('../chat-client.js').StoredMessage} message */
  put(message) {
    return this.#write((store) => store.put({ ...message, owner: this.#owner, holder: this.#holder }));
  }

  /** @param {string} id */
  delete(id) {
    return this.#write((store) => store.delete(id));
  }

  async close() {
    this.#db?.close();
    this.#db = null;
    this.#release();
  }

  #openDatabase() {
    const request = this.#factory.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(records, { keyPath: 'id' }).createIndex('owner', 'owner');
    return /** @type {Promise<IDBDatabase>} */ (result(request));
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

  async #adopt() {
    const held = new Set((await this.#locks?.query())?.held?.map((lock) => lock.name));
    const adopted = [];
    // In one transaction: of two tabs that look at once, the second sees what the first has taken.
    await this.#write((store) => {
      const cursor = store.index('owner').openCursor(this.#owner);
      cursor.onsuccess = () => {
        const at = cursor.result;
        if (!at) return;
        const { owner, holder, ...message } = at.value;
        if (holder !== this.#holder && !held.has(this.#lockOf(holder))) {
          at.update({ ...at.value, holder: this.#holder });
          adopted.push(message);
        }
        at.continue();
      };
    });
    return adopted.sort((a, b) => a.number - b.number);
  }

  /** @param {(store: IDBObjectStore) => void} change */
  #write(change) {
    if (!this.#db) return Promise.reject(new Error('The store is not open.'));
    const transaction = this.#db.transaction(records, 'readwrite');
    change(transaction.objectStore(records));
    return new Promise((resolve, reject) => {
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
