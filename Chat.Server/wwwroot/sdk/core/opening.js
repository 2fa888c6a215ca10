import { unlessAborted } from './clock.js';
import { ChatConnectError, ChatDisconnectedError, explainConnect, saidOf } from './errors.js';
import { Session } from './session.js';

/**
 * @typedef {{createConnection: () => any, tokens: import('./tokens.js').Tokens | null,
 *   meet?: ((session: Session) => Promise<void>) | null, connectTimeout: number,
 *   clock: import('../chat-client.js').Clock}} OpeningOptions
 */

/**
 * Opens one session, or rejects with the reason. What is left of an attempt that failed ends by itself.
 * @param {OpeningOptions} options
 * @param {number} number
 * @param {Record<string, (value: any) => void>} onPush by the name of the hub's event
 * @param {AbortSignal} signal
 * @returns {Promise<Session>}
 */
export async function openSession(options, number, onPush, signal) {
  const { session, connection } = newSession(options, number, onPush);
  const opening = begin(options, connection, session);
  const bound = new AbortController();
  const stop = () => bound.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const limit = options.connectTimeout;
  const timer = options.clock.setTimeout(
    () => bound.abort(new ChatConnectError(`No connection was made within ${limit} ms.`)),
    limit,
  );
  try {
    await unlessAborted(opening, bound.signal);
    return session;
  } catch (error) {
    opening.catch(() => {}); // its failure is already known, or does not matter any more
    session.end(explainConnect(error));
    throw error;
  } finally {
    options.clock.clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function newSession({ createConnection, tokens }, number, onPush) {
  const connection = createConnection();
  const session = new Session(connection, number);
  for (const [event, push] of Object.entries(onPush)) {
    // Pushes of an old connection also come from the new one.
    connection.on(event, (value) => { if (!session.isOver) push(value); });
  }
  connection.on('ReconnectRequested', () => session.drain());
  connection.onclose((error) => {
    tokens?.ended(saidOf(error), session.token);
    session.end(
      new ChatDisconnectedError(
        error ? `The connection was lost: ${error.message}` : 'The server ended the connection.',
        { cause: error },
      ),
    );
  });
  return { session, connection };
}

/** Before anything is sent, the client knows as whom. */
async function begin({ tokens, meet }, connection, session) {
  await tokens?.get(); // asked here, where its failure is known for what it is
  session.token = tokens?.version ?? 0;
  await connection.start();
  await meet?.(session);
}
