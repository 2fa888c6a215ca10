import { ChatSignedOutError } from './errors.js';

/** @typedef {import('../chat-client.js').ConnectionStatus} ConnectionStatus */

/**
 * What the application is told of a connection.
 * @param {{isRunning: boolean, isConnected: boolean, hasFailed: boolean, isRepeated: boolean, reason: Error | null,
 *   nextAttemptAt: number | null, online: boolean}} connection
 * @returns {ConnectionStatus}
 */
export function statusOf(connection) {
  const { reason, nextAttemptAt, online } = connection;
  const state = stateOf(connection);
  return Object.freeze({
    state,
    reason: state === 'connected' ? null : reason,
    nextAttemptAt: state === 'waiting' ? nextAttemptAt : null,
    online,
  });
}

function stateOf({ isRunning, isConnected, hasFailed, isRepeated, reason, nextAttemptAt }) {
  if (hasFailed) return reason instanceof ChatSignedOutError ? 'signedOut' : 'failed';
  if (!isRunning) return 'stopped';
  if (isConnected) return 'connected';
  if (nextAttemptAt !== null) return 'waiting';
  return isRepeated ? 'reconnecting' : 'connecting';
}

/** @param {ConnectionStatus} one @param {ConnectionStatus} other */
export const isSame = (one, other) =>
  one.state === other.state && one.reason === other.reason && one.nextAttemptAt === other.nextAttemptAt
  && one.online === other.online;
