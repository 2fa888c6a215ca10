import { within } from './clock.js';
import { ChatSignedOutError, isOfToken } from './errors.js';

/** @typedef {import('../chat-client.js').AccessTokenReason} Reason */

// Of what the server says that the token has left: the next one is asked for at a random moment between the two, so
// that those who connected together do not ask together.
const [soonest, latest] = [0.7, 0.9];

/**
 * Asks the application for a token once per token: before the last one ends, and when the server does not take it any
 * more. One that has ended is not used again.
 */
export class Tokens {
  #provider;
  #clock;
  #bound;
  /** @type {Reason} */
  #reason = 'start';
  /** @type {Promise<string | null> | null} */
  #asked = null;
  /** @type {Promise<boolean> | null} */
  #renewing = null;
  #endsAt = Infinity;
  #renewsAt = Infinity;
  #version = 0;
  /** The provider gave the same token once more: it has no other as long as this one holds. */
  #hasNoNext = false;

  /**
   * @param {(reason: Reason) => string | null | Promise<string | null>} provider
   * @param {import('../chat-client.js').Clock} clock
   * @param {number} bound how long a renewal waits for the provider, in milliseconds
   */
  constructor(provider, clock, bound) {
    [this.#provider, this.#clock, this.#bound] = [provider, clock, bound];
  }

  /** Counts the tokens. */
  get version() {
    return this.#version;
  }

  /** When the next one is to be asked for; Infinity: not before this one has ended. */
  get renewsAt() {
    return this.#renewsAt;
  }

  /** The token. @returns {Promise<string>} */
  async get() {
    if (this.#clock.now() >= this.#endsAt) this.drop('expired');
    const asked = this.#asked ??= this.#ask(this.#reason);
    let token = null;
    try {
      token = await asked;
    } catch (error) {
      this.#forget(asked); // it may work the next time
      throw error;
    }
    if (token) return token;
    this.#forget(asked);
    throw signedOut();
  }

  /** Asks for the next one while this one still holds. @returns {Promise<boolean>} whether there is another */
  renew() {
    this.#renewing ??= this.#renew().finally(() => { this.#renewing = null; });
    return this.#renewing;
  }

  /** The server has taken the token of this version. @param {number} version @param {number | null} [seconds] left */
  taken(version, seconds) {
    if (version !== this.#version) return;
    const left = typeof seconds === 'number' ? seconds * 1_000 : Infinity;
    this.#endsAt = this.#clock.now() + left;
    // Once per token, whatever connects with it.
    if (this.#renewsAt === Infinity && left < Infinity && !this.#hasNoNext) {
      this.#renewsAt = this.#clock.now() + left * (soonest + (latest - soonest) * this.#clock.random());
    }
  }

  /** The server does not take it: the next one is asked for. @param {Reason} reason */
  drop(reason) {
    this.#use(null);
    this.#reason = reason;
  }

  /** A connection with the token of this version has ended, perhaps because of it. @param {string | null} said */
  ended(said, version = this.#version) {
    if (isOfToken(said) && version === this.#version) this.drop(said === 'token_expired' ? 'expired' : 'refused');
  }

  async #renew() {
    const before = await this.get();
    const version = this.#version;
    const asked = this.#ask('expiring');
    const token = await within(this.#clock, this.#bound, asked);
    if (!token) throw signedOut();
    if (version !== this.#version) return true; // the server has refused it meanwhile
    if (token === before) {
      [this.#hasNoNext, this.#renewsAt] = [true, Infinity];
      return false;
    }
    this.#use(asked);
    return true;
  }

  async #ask(reason) {
    return this.#provider(reason);
  }

  #use(asked) {
    this.#version++;
    [this.#asked, this.#endsAt, this.#renewsAt, this.#hasNoNext] = [asked, Infinity, Infinity, false];
  }

  #forget(asked) {
    if (this.#asked === asked) this.#asked = null;
  }
}

const signedOut = () => new ChatSignedOutError('There is no token: the user is signed out.');
