// What this browser remembers between visits, and this tab over a reload. A browser that refuses storage still works:
// then it is remembered as long as the page is there.

/** Longer drafts stay with the page: storage is small, and writing it at every key is slow. */
const MostStored = 100_000;

class Store {
  #open;
  #unstored = new Map();

  /** @param {() => Storage} open throws where storage is forbidden */
  constructor(open) {
    this.#open = open;
  }

  /** @param {string} key @returns {string|null} */
  read(key) {
    if (this.#unstored.has(key)) return this.#unstored.get(key);
    try {
      return this.#open().getItem(key);
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {string|null} value null: nothing any more */
  write(key, value) {
    this.#unstored.delete(key);
    try {
      if (value === null) this.#open().removeItem(key);
      else if (value.length <= MostStored) return this.#open().setItem(key, value);
      else this.#open().removeItem(key);
    } catch {
      // full, or forbidden
    }
    if (value !== null) this.#unstored.set(key, value);
  }
}

const browser = new Store(() => localStorage), tab = new Store(() => sessionStorage);

/** Who one is in this tab; a new tab begins as who one was last in this browser. */
export const name = {
  /** @returns {string|null} */
  get: () => {
    const own = tab.read('chat.name');
    return own === '' ? null : own ?? browser.read('chat.name');
  },
  /** @param {string|null} value null: nobody, here; other tabs stay who they are */
  set: value => {
    const before = name.get();
    tab.write('chat.name', value ?? '');
    if (value !== null) browser.write('chat.name', value);
    else if (browser.read('chat.name') === before) browser.write('chat.name', null);
  },
};

export const lastOpen = {
  get: user => tab.read(`chat.open.${user}`) ?? browser.read(`chat.open.${user}`),
  set: (user, id) => {
    tab.write(`chat.open.${user}`, id);
    browser.write(`chat.open.${user}`, id);
  },
};

const draftKey = (user, id) => `chat.draft.${user}.${id}`;

/** What a tab has begun to write belongs to it; where nothing was begun it goes on with what another left. */
export const draft = {
  get: (user, id) => tab.read(draftKey(user, id)) ?? browser.read(draftKey(user, id)) ?? '',
  set: (user, id, text) => {
    const key = draftKey(user, id), before = draft.get(user, id);
    tab.write(key, text === '' ? null : text);
    if (text !== '') browser.write(key, text);
    else if (browser.read(key) === before) browser.write(key, null);
  },
  /**
   * Calls back when another tab has sent the draft that this one shows as well.
   * @param {() => string} shown
   * @param {() => void} sent
   * @returns {() => void} ends it
   */
  watch: (user, id, shown, sent) => {
    const key = draftKey(user, id);
    const heard = event => {
      if (event.key !== key || event.newValue !== null || event.oldValue !== shown()) return;
      tab.write(key, null);
      sent();
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  },
};

export const notifications = {
  get: () => browser.read('chat.notify') === 'on',
  set: on => browser.write('chat.notify', on ? 'on' : null),
};

/** Who takes part in a conversation, as last known, and up to which sequence that is so. */
export const people = {
  /** @returns {{names: string[], at: number}|null} */
  get: id => {
    try {
      const { names, at } = JSON.parse(browser.read(`chat.people.${id}`) ?? '');
      const isRight = Array.isArray(names) && names.every(one => typeof one === 'string') && Number.isInteger(at);
      return isRight ? { names, at } : null;
    } catch {
      return null;
    }
  },
  set: (id, names, at) => browser.write(`chat.people.${id}`, JSON.stringify({ names, at })),
};
