import { ChatDisconnectedError, ChatRefusedError, explainCall } from './errors.js';
import { limits } from './limits.js';

const utf8 = new TextEncoder();
/** Of what SignalR writes around the arguments of a call. */
const envelope = 1_024;

/** One open hub connection, until its end. */
export class Session {
  #connection;
  /** @type {Set<(error: Error) => void>} */
  #calls = new Set();
  /** @type {(error: Error) => void} */
  #resolveEnded;
  /** @type {() => void} */
  #resolveDrain;

  /**
   * @param {any} connection a hub connection of SignalR's
   * @param {number} number counts the sessions of a client
   */
  constructor(connection, number) {
    this.#connection = connection;
    this.number = number;
    this.isOver = false;
    /** With the token of which version the server knows this connection. */
    this.token = 0;
    /** Resolves with the reason. @type {Promise<Error>} */
    this.ended = new Promise((resolve) => { this.#resolveEnded = resolve; });
    /** Resolves when the server asks to connect again. @type {Promise<void>} */
    this.drainRequested = new Promise((resolve) => { this.#resolveDrain = resolve; });
  }

  drain() {
    this.#resolveDrain();
  }

  /**
   * Calls the hub. The call is on its way when this returns, so calls reach the server in order.
   * @param {string} method
   * @param {...unknown} args trailing ones that are undefined are left out
   * @returns {Promise<any>}
   */
  invoke(method, ...args) {
    if (this.isOver) return Promise.reject(new ChatDisconnectedError('There is no connection.'));
    while (args.length > 0 && args[args.length - 1] === undefined) args.pop();
    // It would end the connection, and the next one when it is made again.
    if (isTooLarge(args))
      return Promise.reject(new ChatRefusedError('bad_request', `a call must have at most ${limits.frameBytes} bytes`));
    return new Promise((resolve, reject) => {
      this.#calls.add(reject);
      this.#connection.invoke(method, ...args).then(
        (answer) => {
          this.#calls.delete(reject);
          resolve(answer);
        },
        (error) => {
          this.#calls.delete(reject);
          reject(explainCall(error));
        });
    });
  }

  /** Ends the session: pending calls are rejected now, even if SignalR still waits. @param {Error} reason */
  end(reason) {
    if (this.isOver) return;
    this.isOver = true;
    for (const reject of this.#calls) reject(reason);
    this.#calls.clear();
    this.#resolveEnded(reason);
    this.#connection.stop().catch(() => {}); // it has ended, whether or not it closes properly
  }
}

/** @param {unknown[]} args */
function isTooLarge(args) {
  const json = JSON.stringify(args);
  return json.length * 3 + envelope > limits.frameBytes && utf8.encode(json).length + envelope > limits.frameBytes;
}
