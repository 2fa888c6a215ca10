// What this browser remembers between visits, and this tab over a reload. A browser that refuses storage still works:
// then it is remembered as long as the page is there.

/** Longer drafts stay with the page: storage is small, and writing it at every key is slow. */
const MostStored = 100_000;

class Store {
  #open;
  /** @type {Map<string, string>} */
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

  /** The names of what is kept. @param {string} start @returns {string[]} */
  keys(start) {
    const all = [...this.#unstored.keys()];
    try {
      all.push(...Object.keys(this.#open()));
    } catch {
      // forbidden
    }
    return all.filter(key => key.startsWith(start));
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

/** Whose it is that is kept: a server, a tenant and a user. */
let start = '';
const keyOf = what => `${start}${what}`;
const inTab = { read: what => tab.read(keyOf(what)) ?? browser.read(keyOf(what)) };

/** What belongs to the user: in this browser nobody else sees it. */
export const own = {
  /** @param {string} owner @param {string|null} before under which name a version before kept it; null: it kept none */
  use: (owner, before) => {
    start = `chat.own ${owner}\n`;
    if (before !== null) for (const store of [browser, tab]) takeOver(store, before);
  },
  clear: () => {
    for (const store of [browser, tab]) for (const key of store.keys(start)) store.write(key, null);
  },
};

const ofConversation = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Once: what it finds is kept under the new name only. @param {Store} store @param {string} user */
function takeOver(store, user) {
  const move = (key, what) => {
    if (store.read(keyOf(what)) === null) store.write(keyOf(what), store.read(key));
    store.write(key, null);
  };
  const drafts = `chat.draft.${user}.`;
  for (const key of store.keys(drafts)) {
    const id = key.slice(drafts.length);
    if (ofConversation.test(id)) move(key, `draft ${id}`); // else of a user whose name begins like this one
  }
  move(`chat.open.${user}`, 'open');
  for (const key of store.keys('chat.people.')) store.write(key, null); // of nobody in particular
}

export const lastOpen = {
  get: () => inTab.read('open'),
  set: id => {
    tab.write(keyOf('open'), id);
    browser.write(keyOf('open'), id);
  },
};

/** What a tab has begun to write belongs to it; where nothing was begun it goes on with what another left. */
export const draft = {
  get: id => inTab.read(`draft ${id}`) ?? '',
  set: (id, text) => {
    const key = keyOf(`draft ${id}`), before = draft.get(id);
    tab.write(key, text === '' ? null : text);
    if (text !== '') browser.write(key, text);
    else if (browser.read(key) === before) browser.write(key, null);
  },
  /**
   * Calls back when another tab has sent the draft that this one shows as well.
   * @param {string} id
   * @param {() => string} shown
   * @param {() => void} sent
   * @returns {() => void} ends it
   */
  watch: (id, shown, sent) => {
    const key = keyOf(`draft ${id}`);
    const heard = event => {
      if (event.key !== key || event.newValue !== null || event.oldValue !== shown()) return;
      tab.write(key, null);
      sent();
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  },
};

/** What later parts of the app keep for the user. */
export const ofUser = {
  /** @param {string} what @returns {string|null} */
  get: what => browser.read(keyOf(what)),
  /** @param {string} what @param {string|null} value null: nothing any more */
  set: (what, value) => browser.write(keyOf(what), value),
};

/** What was chosen on this device, for all its users. */
export const settings = {
  /** @param {'theme'|'language'} what @returns {string|null} */
  get: what => browser.read(`chat.${what}`),
  /** @param {'theme'|'language'} what @param {string|null} value null: nothing in particular */
  set: (what, value) => browser.write(`chat.${what}`, value),
};

export const notifications = {
  get: () => browser.read('chat.notify') === 'on',
  set: on => browser.write('chat.notify', on ? 'on' : null),
};

/** The conversations there were, without anything that was written in them: for a visit without a network. */
export const known = {
  /** @returns {any[]} */
  get: () => {
    try {
      const list = JSON.parse(browser.read(keyOf('conversations')) ?? '[]');
      return Array.isArray(list) ? list.filter(one => ofConversation.test(one?.id)) : [];
    } catch {
      return [];
    }
  },
  /** @param {any[]} list */
  set: list => browser.write(keyOf('conversations'), JSON.stringify(list)),
};

/** Who takes part in a conversation, as last known, and up to which sequence that is so. */
export const people = {
  /** @returns {{names: string[], at: number}|null} */
  get: id => {
    try {
      const { names, at } = JSON.parse(browser.read(keyOf(`people ${id}`)) ?? '');
      const isRight = Array.isArray(names) && names.every(one => typeof one === 'string') && Number.isInteger(at);
      return isRight ? { names, at } : null;
    } catch {
      return null;
    }
  },
  set: (id, names, at) => browser.write(keyOf(`people ${id}`), JSON.stringify({ names, at })),
};
