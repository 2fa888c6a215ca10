// What users are called, where somebody has given them a name: asked for as they are drawn, many in one question.

import { shownName } from './names.js';

const MostAtOnce = 100, MostKnown = 5_000, GatherMilliseconds = 50;

class Profiles {
  /** @type {Map<string, string|null>} Null: none, or none that I may know. */
  #known = new Map();
  /** @type {Set<string>} */
  #wanted = new Set();
  #timer = 0;
  #client = null;
  #changed = () => {};

  /** @param {import('../sdk/chat-client.js').ChatClient} client @param {() => void} changed */
  use(client, changed) {
    [this.#client, this.#changed] = [client, changed];
    this.#known.clear();
    client.on('userChanged', profile => {
      this.#note(profile.userId, profile.name);
      changed();
    });
  }

  /** What was missed is asked for again: after a reconnect, and when there is somebody new to share with. */
  again() {
    for (const id of this.#known.keys()) this.#want(id);
  }

  /** The name of a user; null where there is none, or it is not known yet. @param {string} id */
  of(id) {
    if (!this.#known.has(id)) this.#want(id);
    return this.#known.get(id) ?? null;
  }

  #want(id) {
    this.#wanted.add(id);
    if (this.#client !== null && this.#timer === 0) this.#timer = setTimeout(() => this.#ask(), GatherMilliseconds);
  }

  async #ask() {
    const wanted = [...this.#wanted].slice(0, MostAtOnce);
    for (const id of wanted) {
      this.#wanted.delete(id);
      if (!this.#known.has(id)) this.#known.set(id, null); // not asked for once more while it is drawn
    }
    try {
      const found = await this.#client.users(wanted);
      const names = new Map(found.map(profile => [profile.userId, profile.name]));
      const before = wanted.map(id => this.#known.get(id) ?? null);
      for (const id of wanted) this.#note(id, names.get(id) ?? null);
      if (wanted.some((id, i) => (this.#known.get(id) ?? null) !== before[i])) this.#changed();
    } catch {
      // Asked again when the connection is back.
    }
    this.#timer = 0;
    const next = this.#wanted.values().next();
    if (!next.done) this.#want(next.value);
  }

  #note(id, name) {
    this.#known.delete(id);
    this.#known.set(id, name);
    if (this.#known.size > MostKnown) this.#known.delete(this.#known.keys().next().value);
  }
}

export const profiles = new Profiles();

/** What a user is called, or else the id; what cannot be seen in it is made visible. @param {string} id */
export function shownUser(id) {
  return shownName(profiles.of(id) ?? id);
}
