// What is told to people, in words that are true.

/**
 * The state of the connection.
 * @param {{kind: import('./connection.js').Kind, missed: number, waiting: number, reason: Error|null, network: boolean}} state
 * @returns {{tone: 'busy'|'bad', text: string}|null} Null: nothing to say, all is well.
 */
export function connectionWords({ kind, missed, waiting, reason, network }) {
  const later = waiting > 0 ? `${count(waiting, 'message')} will be sent when the connection is back.` : 'What you write will be sent when the connection is back.';
  switch (kind) {
    case 'connecting':
      return { tone: 'busy', text: 'Connecting…' };
    case 'catchingUp':
      return { tone: 'busy', text: missed > 0 ? `Back. Catching up: ${count(missed, 'message')}…` : 'Back. Catching up…' };
    case 'reconnecting':
      return { tone: 'bad', text: `Connecting again… ${later}` };
    case 'offline':
      return { tone: 'bad', text: `${network ? 'Offline: the server does not answer.' : 'Offline: this device has no network.'} ${later}` };
    case 'failed':
      return { tone: 'bad', text: `The server refuses the connection: ${refusalWords(reason)}` };
    default:
      return null;
  }
}

export const count = (n, what) => `${n.toLocaleString()} ${what}${n === 1 ? '' : 's'}`;

/** What to tell of a refusal: "bad_request: too long" is "too long". @param {any} error */
export function refusalWords(error) {
  return String(error?.message ?? error).replace(/^.*?\b(?:bad_request|forbidden|rate_limited|internal_error|unsupported_type): /s, '');
}
