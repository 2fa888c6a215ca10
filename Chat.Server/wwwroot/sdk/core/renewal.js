import { Backoff } from './backoff.js';
import { pause } from './clock.js';
import {
  ChatDisconnectedError, ChatOtherUserError, ChatRefusedError, ChatSignedOutError, isOfToken,
} from './errors.js';

// Timers of browsers have 31 bits.
const longestPause = 2 ** 31 - 1;

/** No time helps: the client gives up. @param {unknown} error */
const isFinal = (error) => error instanceof ChatSignedOutError || error instanceof ChatOtherUserError;

/**
 * Gives an open connection the next token before its own ends, so that it goes on without a gap.
 * @param {import('./tokens.js').Tokens} tokens
 * @param {import('./session.js').Session} session until its end
 * @param {import('../chat-client.js').Clock} clock
 * @param {(me: {tenant: string, userId: string}) => void} check throws when the token is of another user
 * @returns {Promise<Error | null>} why the client has to give up; null: it does not
 */
export async function keepTokenFresh(tokens, session, clock, check) {
  const over = new AbortController();
  session.ended.then((reason) => over.abort(reason));
  const backoff = new Backoff({ firstDelay: 1_000, maxDelay: 30_000 }, () => clock.random());
  const wait = (milliseconds) => pause(clock, milliseconds, over.signal);
  let refusals = 0;
  while (!session.isOver) {
    try {
      if (session.token === tokens.version) {
        const left = tokens.renewsAt - clock.now();
        if (left > 0) {
          if (left === Infinity) return null;
          await wait(Math.min(left, longestPause));
          continue;
        }
        if (!await tokens.renew()) return null;
      }
      const token = await tokens.get();
      const version = tokens.version;
      const me = await session.invoke('Refresh', token);
      check(me);
      session.token = version;
      tokens.taken(version, me.expiresInSeconds);
      refusals = 0;
      backoff.lasted(Infinity);
    } catch (error) {
      if (session.isOver || error instanceof ChatDisconnectedError) return null; // the next session has the token
      const said = error instanceof ChatRefusedError ? error.code : null;
      if (isFinal(error)) return /** @type {Error} */ (error);
      if (said === 'identity_mismatch') return new ChatOtherUserError('The token is of another user.');
      if (isOfToken(said)) {
        tokens.ended(said);
        if (++refusals > 1) return new ChatSignedOutError('The server does not take the token.', { cause: error });
      } else {
        // The provider fails, or the server is busy: there is time until the token ends.
        const retryAfter = error instanceof ChatRefusedError ? error.retryAfter : null;
        await wait(Math.max(backoff.next(), retryAfter ?? 0)).catch(() => {});
      }
    }
  }
  return null;
}
