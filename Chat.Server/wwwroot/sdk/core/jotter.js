/**
 * Small notes in localStorage, which is written synchronously: messages until the database has them, and the number
 * that the tabs of a browser share. Without localStorage, or when it refuses, nothing is noted.
 */
export class Jotter {
  #prefix;
  #holder;
  #storage;
  #numbers;

  /** @param {string} name @param {string} holder @param {Storage | null} [storage] */
  constructor(name, holder, storage) {
    this.#prefix = `${name}:jot:`;
    this.#holder = holder;
    this.#storage = storage;
    this.#numbers = `${name}:number`;
  }

  /** @param {any} message @returns {boolean} whether it is noted */
  put(message) {
    return this.#try((storage) => {
      storage.setItem(this.#keyOf(message.id), JSON.stringify(message));
      return true;
    }, false);
  }

  /** @param {string} id @returns {boolean} */
  delete(id) {
    return this.forget({ key: this.#keyOf(id) });
  }

  /** @param {{key: string}} jot */
  forget({ key }) {
    return this.#try((storage) => {
      storage.removeItem(key);
      return true;
    }, false);
  }

  /** All notes, of every tab. @returns {{key: string, holder: string, message: any}[]} */
  all() {
    return this.#try((storage) => {
      const found = [];
      for (let i = 0; i < storage.length; i++) {
        const key = storage.key(i) ?? '';
        const message = key.startsWith(this.#prefix) ? parsed(storage.getItem(key)) : null;
        if (message) found.push({ key, holder: key.slice(this.#prefix.length).split(':')[0], message });
      }
      return found;
    }, []);
  }

  /** The next number of all tabs, at least this one. @param {number} least */
  nextNumber(least) {
    return this.#try((storage) => {
      const next = Math.max(least, (Number(storage.getItem(this.#numbers)) || 0) + 1);
      storage.setItem(this.#numbers, `${next}`);
      return next;
    }, least);
  }

  #keyOf(id) {
    return `${this.#prefix}${this.#holder}:${id}`;
  }

  /** @template T @param {(storage: Storage) => T} step @param {T} otherwise */
  #try(step, otherwise) {
    try {
      const storage = this.#storage === undefined ? globalThis.localStorage : this.#storage;
      return storage ? step(storage) : otherwise;
    } catch {
      return otherwise;
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
