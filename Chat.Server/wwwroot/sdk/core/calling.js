import { Backoff } from './backoff.js';
import { unlessAborted } from './clock.js';
import { ChatDisconnectedError, ChatRefusedError, mayPass } from './errors.js';

/**
 * Calls the hub as soon as there is a session, and again while that is of use.
 * @param {import('./link.js').Link} link
 * @param {{repeatable: boolean, signal: AbortSignal | undefined, random: () => number}} options
 * @param {string} method
 * @param {unknown[]} args
 */
export async function callHub(link, { repeatable, signal, random }, method, args) {
  const backoff = new Backoff({ firstDelay: 400, maxDelay: 10_000 }, random);
  for (let waits = 0; ;) {
    const session = await link.nextSession(signal);
    try {
      return await unlessAborted(session.invoke(method, ...args), signal);
    } catch (error) {
      const retryAfter = error instanceof ChatRefusedError ? error.retryAfter : null;
      // What came too fast was not done, so any call may be made again; once, unless it may be made for ever.
      if (retryAfter !== null && (repeatable || waits++ === 0)) await link.pause(retryAfter, signal);
      else if (!repeatable) throw error;
      else if (error instanceof ChatDisconnectedError) await link.endOf(session, signal);
      else if (mayPass(error)) await link.pause(backoff.next(), signal);
      else throw error;
    }
  }
}
