import { Backoff } from './backoff.js';
import { callHub } from './calling.js';
import { pause, unlessAborted } from './clock.js';
import {
  ChatConnectError, ChatDisconnectedError, ChatSignedOutError, ChatStoppedError, endsForGood, explainConnect,
  isFinalWord, isOfToken, retryTimeOf,
} from './errors.js';
import { openSession } from './opening.js';
import { isSame, statusOf } from './status.js';

/** @typedef {import('./session.js').Session} Session */

// With a token that the provider gave when it was told that the one before was not taken.
const tokenAttempts = 1;

// A portal or firewall in between may refuse for a while. A wrong name stays wrong.
const doubtedRefusals = 4;

/**
 * Keeps one session open: connects, notices its end, waits, connects again; and moves to another instance when the
 * server asks for it.
 */
export class Link {
  #options;
  #clock;
  #onStatus;
  #onPush;
  /** @type {Set<(session: Session) => void>} */
  #sessionListeners = new Set();
  /** @type {Set<{resolve: (session: Session) => void, reject: (error: Error) => void}>} */
  #waiters = new Set();
  /** @type {AbortController | null} */
  #run = null;
  /** @type {() => void} */
  #wake = () => {};
  /** @type {Session | null} */
  #session = null;
  #sessions = 0;
  #nextAttemptAt = null;
  #reason = null;
  #failed = false;
  /** Whether the server ever accepted this client. */
  #wasWanted = false;
  #online = true;
  /** @type {import('../chat-client.js').ConnectionStatus} */
  #status;

  /**
   * @param {import('./opening.js').OpeningOptions & {reconnect?: {firstDelay?: number, maxDelay?: number},
   *   renew?: ((session: Session) => Promise<Error | null>) | null}} options
   * @param {(status: import('../chat-client.js').ConnectionStatus) => void} onStatus
   * @param {Record<string, (value: any) => void>} onPush by the name of the hub's event
   */
  constructor(options, onStatus, onPush) {
    this.#options = options;
    this.#clock = options.clock;
    this.#onStatus = onStatus;
    this.#onPush = onPush;
    this.#status = this.#look();
  }

  get status() {
    return this.#status;
  }

  /** The current session, or null. */
  get session() {
    return this.#session;
  }

  get isRunning() {
    return this.#run !== null;
  }

  /** Called with every new session. @param {(session: Session) => void} listener */
  onSession(listener) {
    this.#sessionListeners.add(listener);
  }

  start() {
    if (this.#run) return;
    this.#run = new AbortController();
    [this.#failed, this.#reason] = [false, null];
    this.#keep(this.#run);
    this.#refresh();
  }

  stop() {
    if (this.#run) this.#end(new ChatStoppedError('The client was stopped.'));
  }

  /** Ends it until the next start. @param {Error} reason */
  giveUp(reason) {
    [this.#failed, this.#reason] = [true, reason];
    this.#end(reason);
  }

  /** Makes the next attempt now, also after it gave up; not for who has signed out. */
  nudge() {
    if (!this.#failed) this.#wake();
    else if (!(this.#reason instanceof ChatSignedOutError)) this.start();
  }

  /** The browser's report about its network. It may be wrong: attempts decide. @param {boolean} online */
  hint(online) {
    this.#online = online;
    if (!online) this.#session?.end(new ChatDisconnectedError('The device has no network.'));
    else this.nudge();
    this.#refresh();
  }

  /**
   * The current session, or the next one.
   * @param {AbortSignal} [signal]
   * @returns {Promise<Session>}
   */
  nextSession(signal) {
    if (this.#session) return Promise.resolve(this.#session);
    if (this.#failed) return Promise.reject(this.#reason);
    let waiter;
    const promise = new Promise((resolve, reject) => { this.#waiters.add(waiter = { resolve, reject }); });
    return unlessAborted(promise, signal).finally(() => this.#waiters.delete(waiter));
  }

  /**
   * Calls the hub, as soon as there is a session.
   * @param {boolean} repeatable whether the call may be repeated when its connection is lost or the failure is
   *   temporary
   * @param {AbortSignal | undefined} signal
   * @param {string} method
   * @param {...unknown} args
   */
  call(repeatable, signal, method, ...args) {
    return callHub(this, { repeatable, signal, random: () => this.#clock.random() }, method, args);
  }

  /** @param {number} milliseconds @param {AbortSignal} [signal] */
  pause(milliseconds, signal) {
    return pause(this.#clock, milliseconds, signal ?? new AbortController().signal);
  }

  /**
   * Waits for the session's end: a call may notice it earlier. A session that continues after all is used again after a
   * moment. @param {Session} session @param {AbortSignal} [signal]
   */
  async endOf(session, signal) {
    if (!session.isOver) await Promise.race([session.ended, this.pause(200, signal)]);
  }

  /** @param {AbortController} run */
  async #keep(run) {
    const { signal } = run;
    const backoff = new Backoff(this.#options.reconnect, () => this.#clock.random());
    let [atOnce, unwanted, refusals] = [true, 0, 0];
    try {
      for (;;) {
        const said = retryTimeOf(this.#reason) ?? 0;
        if (!atOnce || said > 0) await this.#wait(Math.max(atOnce ? 0 : backoff.next(), said), signal);
        this.#refresh();
        const old = this.#session;
        let session;
        try {
          session = await openSession(this.#options, ++this.#sessions, this.#onPush, signal);
        } catch (error) {
          signal.throwIfAborted();
          const before = this.#reason;
          this.#reason = explainConnect(error);
          if (this.#reason instanceof ChatSignedOutError) this.#reason.cause ??= before;
          if (endsForGood(this.#reason)) throw this.#reason;
          if (this.#isRefusal(this.#reason) && this.#isFinal(this.#reason, refusals++)) throw this.#reason;
          atOnce = this.#wantsToken(this.#reason);
          if (atOnce && ++unwanted > tokenAttempts) {
            throw new ChatSignedOutError('The server does not take the token.', { cause: this.#reason });
          }
          continue;
        }
        [this.#reason, unwanted, refusals] = [null, 0, 0];
        this.#wasWanted = true;
        const openedAt = this.#clock.now();
        this.#adopt(session);
        old?.end(new ChatDisconnectedError('Another connection took its place.'));
        const drained = await unlessAborted(
          Promise.race([session.ended.then(() => false), session.drainRequested.then(() => true)]),
          signal,
        );
        const lasted = backoff.lasted(this.#clock.now() - openedAt);
        atOnce = drained && lasted; // the drained connection is used while the next one is opened
        if (drained) continue;
        const { code = null, cause } = /** @type {any} */ (await session.ended);
        if (isFinalWord(code)) throw new ChatConnectError(`The server ended the connection: ${code}`, null, cause);
        // What has ended for want of a token needs another one, and not time.
        if (isOfToken(code)) [atOnce, unwanted] = [lasted, code === 'token_expired' ? 0 : 1];
      }
    } catch (error) {
      if (this.#run === run) this.giveUp(/** @type {Error} */ (error)); // else it was stopped
    }
  }

  /** @param {Error} reason */
  #end(reason) {
    this.#run?.abort(reason);
    [this.#run, this.#nextAttemptAt] = [null, null];
    this.#session?.end(reason);
    this.#session = null;
    this.#rejectWaiters(reason);
    this.#refresh();
  }

  async #wait(milliseconds, signal) {
    const early = new AbortController();
    const stop = () => early.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    this.#wake = () => early.abort();
    this.#nextAttemptAt = this.#clock.now() + milliseconds;
    this.#refresh();
    try {
      await pause(this.#clock, milliseconds, early.signal);
    } catch {
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', stop);
      this.#wake = () => {};
      this.#nextAttemptAt = null;
    }
  }

  /** @param {any} reason */
  #wantsToken(reason) {
    if (!this.#options.tokens || reason.status !== 401) return false;
    this.#options.tokens.drop('refused');
    return true;
  }

  /** @param {Session} session */
  #adopt(session) {
    if (session.isOver) return; // lost between two steps; the loop sees it
    this.#session = session;
    this.#options.renew?.(session).then((reason) => {
      if (reason && this.#session === session) this.giveUp(reason);
    });
    session.ended.then((reason) => {
      if (this.#session !== session) return;
      this.#session = null;
      this.#reason = reason;
      this.#refresh();
    });
    this.#refresh();
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const { resolve } of waiters) resolve(session);
    for (const listener of this.#sessionListeners) listener(session);
  }

  /** @param {any} reason */
  #isRefusal(reason) {
    const isAsked = !this.#options.tokens && reason instanceof ChatConnectError;
    return isAsked && [400, 401, 403].includes(reason.status ?? 0);
  }

  /**
   * A repeated attempt would be refused again. @param {any} reason @param {number} refusals the refusals in a row
   * before it
   */
  #isFinal(reason, refusals) {
    return !this.#wasWanted && (reason.status === 400 || refusals >= doubtedRefusals);
  }

  #rejectWaiters(error) {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const { reject } of waiters) reject(error);
  }

  #look() {
    return statusOf({
      isRunning: this.#run !== null,
      isConnected: this.#session !== null,
      hasFailed: this.#failed,
      isRepeated: this.#sessions > 1 || this.#reason !== null,
      reason: this.#reason,
      nextAttemptAt: this.#nextAttemptAt,
      online: this.#online,
    });
  }

  #refresh() {
    const next = this.#look();
    if (isSame(next, this.#status)) return;
    this.#status = next;
    this.#onStatus(next);
  }
}
