// The state of the connection in words that are true.

/**
 * @param {{kind: string, missed: number, waiting: number, failedOnce: boolean}} state
 * @returns {{tone: 'quiet'|'busy'|'bad', text: string}|null} Null: nothing to say, all is well.
 */
export function connectionWords({ kind, missed, waiting }) {
  const later = waiting > 0 ? ` ${count(waiting, 'message')} will be sent when the connection is back.` : ' What you write is sent when the connection is back.';
  switch (kind) {
    case 'connecting':
      return { tone: 'busy', text: 'Connecting…' };
    case 'catchingUp':
      return { tone: 'busy', text: missed > 0 ? `Back. Catching up with ${count(missed, 'message')}…` : 'Back. Catching up…' };
    case 'reconnecting':
      return { tone: 'bad', text: `Reconnecting…${later}` };
    case 'offline':
      return { tone: 'bad', text: `Offline.${later}` };
    case 'stopped':
      return { tone: 'bad', text: 'Not connected.' };
    default:
      return waiting > 0 ? { tone: 'quiet', text: `Sending ${count(waiting, 'message')}…` } : null;
  }
}

export const count = (n, what) => `${n.toLocaleString()} ${what}${n === 1 ? '' : 's'}`;
