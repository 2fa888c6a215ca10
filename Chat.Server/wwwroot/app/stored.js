// What this browser remembers between visits. A browser that refuses storage still works: it just forgets.

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null || value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // full, or forbidden
  }
}

export const name = { get: () => read('chat.name'), set: value => write('chat.name', value) };

export const lastOpen = { get: user => read(`chat.open.${user}`), set: (user, id) => write(`chat.open.${user}`, id) };

export const draft = { get: (user, id) => read(`chat.draft.${user}.${id}`) ?? '', set: (user, id, text) => write(`chat.draft.${user}.${id}`, text) };

export const notifications = { get: () => read('chat.notify') === 'on', set: on => write('chat.notify', on ? 'on' : null) };

/** Who takes part in a direct conversation never changes, so it is asked for once. */
export const peers = {
  get: id => {
    const text = read(`chat.peers.${id}`);
    return text === null ? null : JSON.parse(text);
  },
  set: (id, names) => write(`chat.peers.${id}`, JSON.stringify(names)),
};
