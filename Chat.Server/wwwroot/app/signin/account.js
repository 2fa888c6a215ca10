// Somebody who signs in at the provider. Tokens are in memory of this page only; what a question needs to take its
// answer is in the tab until then, and whether anybody has signed in is in the browser.

import { addressOf, finish, leaveAddressOf, newQuestion, reach, renew } from './oidc.js';
import { SignInProblem } from './problem.js';

const Asked = 'chat.signin', SignedIn = 'chat.signed-in';

/** @typedef {import('../sign-in.js').Reason} Reason */

export class Account {
  #config;
  #home;
  /** @type {import('./oidc.js').Tokens | null} */
  #tokens = null;
  /** @type {Promise<void> | null} */
  #renewing = null;

  /** @param {import('./oidc.js').Config} config @param {string} home the address of the app */
  constructor(config, home) {
    [this.#config, this.#home] = [config, home];
  }

  /** Whom people see when they sign in. */
  get place() {
    return new URL(this.#config.issuer).host;
  }

  /** Whether somebody of this browser has signed in, and can be asked for without a question to a person. */
  get isKnown() {
    return stored(() => localStorage.getItem(SignedIn)) !== null;
  }

  /** Goes to the provider. @param {boolean} silent without a person */
  async begin(silent) {
    if (!globalThis.crypto?.subtle) throw new SignInProblem('insecure');
    if (!this.#config.authorization_endpoint || !this.#config.token_endpoint) throw new SignInProblem('unreachable');
    await reach(this.#config);
    const question = newQuestion(location.hash);
    if (stored(() => sessionStorage.setItem(Asked, JSON.stringify(question))) === null) {
      throw new SignInProblem('storage');
    }
    location.assign(await addressOf(this.#config, this.#home, question, silent));
  }

  /**
   * Whether this tab has gone to the provider and came back without an answer: it is not sent there again by itself.
   */
  get isLost() {
    return stored(() => sessionStorage.getItem(Asked)) !== null;
  }

  /** Takes the answer. @param {URLSearchParams} search @returns {Promise<void>} */
  async finish(search) {
    const text = stored(() => sessionStorage.getItem(Asked));
    stored(() => sessionStorage.removeItem(Asked)); // it is good for one answer
    const question = text === null ? null : JSON.parse(text);
    // A code in the address is of no use any more, and is not to stay in the history.
    history.replaceState(null, '', `${this.#home}${question?.hash ?? location.hash}`);
    this.#tokens = await finish(this.#config, this.#home, search, question);
    stored(() => localStorage.setItem(SignedIn, new Date().toISOString()));
  }

  /** What the client asks for a token. @param {Reason} reason @returns {Promise<string | null>} */
  accessToken = async reason => {
    const { access, refresh, endsAt } = this.#tokens ?? { access: null, refresh: null, endsAt: 0 };
    if (reason === 'start' && Date.now() < endsAt) return access;
    if (refresh === null) return reason === 'expiring' ? access : null;
    this.#renewing ??= this.#renew().finally(() => { this.#renewing = null; });
    await this.#renewing;
    return this.#tokens?.access ?? null;
  };

  async #renew() {
    const before = this.#tokens;
    const next = await renew(this.#config, before);
    if (this.#tokens === before) this.#tokens = next; // else signed out meanwhile
  }

  /** Nobody is signed in here any more, in any tab. */
  forget() {
    this.#tokens = null;
    stored(() => localStorage.removeItem(SignedIn));
  }

  /** Goes to the provider to sign out there; false: it has no place for that. */
  leave() {
    const address = leaveAddressOf(this.#config, this.#home, this.#tokens?.id ?? null);
    this.forget();
    if (address !== null) location.assign(address);
    return address !== null;
  }

  /** Calls back when another tab has signed out. @param {() => void} left */
  onLeave(left) {
    addEventListener('storage', event => {
      if (event.key === SignedIn && event.newValue === null) left();
    });
  }
}

/** What the step gives, or true; null: nothing, or the browser refuses storage. */
function stored(step) {
  try {
    const value = step();
    return value === undefined ? true : value;
  } catch {
    return null;
  }
}
