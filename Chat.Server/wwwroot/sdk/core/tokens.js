import { ChatSignedOutError } from './errors.js';

/** @typedef {import('../chat-client.js').AccessTokenReason} Reason */

/** What the server says of a token when it ends a connection. */
const refusals = /\b(unauthenticated|token_invalid|token_revoked)\b/;

/** Asks the application for a token once per token: again when the server does not take the last one any more. */
export class Tokens {
  #provider;
  /** @type {Reason} */
  #reason = 'start';
  /** @type {Promise<string | null> | null} */
  #asked = null;

  /** @param {(reason: Reason) => string | null | Promise<string | null>} provider */
  constructor(provider) {
    this.#provider = provider;
  }

  /** The token. @returns {Promise<string>} */
  async get() {
    const asked = this.#asked ??= (async () => this.#provider(this.#reason))();
    let token = null;
    try {
      token = await asked;
    } catch (error) {
      this.#forget(asked); // it may work the next time
      throw error;
    }
    if (token) return token;
    this.#forget(asked);
    throw new ChatSignedOutError('There is no token: the user is signed out.');
  }

  /** The server does not take it: the next one is asked for. @param {Reason} reason */
  drop(reason) {
    [this.#asked, this.#reason] = [null, reason];
  }

  /** A connection has ended, perhaps because of the token. @param {Error | undefined} error */
  ended(error) {
    const text = error?.message ?? '';
    if (/\btoken_expired\b/.test(text)) this.drop('expired');
    else if (refusals.test(text)) this.drop('refused');
  }

  #forget(asked) {
    if (this.#asked === asked) this.#asked = null;
  }
}
