// What the app says to people, in the language that was chosen. The texts themselves are in texts/, a file a language;
// here is which of them is said.

import { preview } from './text.js';
import * as en from './texts/en.js';

export let { seenWords, noteWords, roleLabels, personActs, words } = en;
let { signInTexts, connectionTexts, refused } = en;

/** From now on all is said with these texts. @param {typeof en} texts */
export function speak(texts) {
  ({ seenWords, noteWords, roleLabels, personActs, words, signInTexts, connectionTexts, refused } = texts);
}

/** From now on they are said too: those of the parts that come later. @param {Partial<typeof en.words>} texts */
export const speakMore = texts => Object.assign(words, texts);

/** A message in one line. @param {import('./log.js').Item} item */
export const oneLineOf = item => (item.deleted ? words.deleted : preview(item.body) || words.attachment);

/** Of a sign-in at a provider. */
export const signInWords = {
  /** Why it did not work. @param {any} problem @param {string} place @returns {string|null} */
  problem: ({ kind, detail }, place) => {
    if (kind === 'none') return null; // it takes a person: the button is there
    const text = Object.hasOwn(signInTexts, kind) ? signInTexts[kind] : signInTexts.failed;
    return typeof text === 'function' ? text(place, detail) : text;
  },
  /** Why it has ended. @param {any} reason @param {boolean} hasProvider */
  over: (reason, hasProvider) => {
    if (codeOf(reason) === 'token_revoked') return signInTexts.revoked;
    return hasProvider ? signInTexts.ended : words.tokenOver;
  },
};

/** What the server said, however deep it lies. @param {any} reason @returns {string|null} */
const codeOf = reason => (reason ? reason.code ?? codeOf(reason.cause) : null);

const final = new Set(['banned', 'tenant_suspended', 'identity_mismatch']);

/**
 * The state of the connection.
 * @param {{kind: import('./connection.js').Kind, missed: number, waiting: number, reason: any, network: boolean,
 *   kept: boolean}} state
 * @returns {{tone: 'busy'|'bad', text: string}|null} Null: nothing to say, all is well.
 */
export function connectionWords({ kind, missed, waiting, reason, network, kept }) {
  const texts = connectionTexts;
  switch (kind) {
    case 'connecting':
      return { tone: 'busy', text: texts.connecting };
    case 'catchingUp':
      return { tone: 'busy', text: missed > 0 ? texts.catchingUp(missed) : texts.loading };
    case 'reconnecting':
      return { tone: 'bad', text: texts.reconnecting(later(waiting, kept)) };
    case 'offline':
      return { tone: 'bad', text: `${away(network, reason)} ${later(waiting, kept)}` };
    case 'failed': {
      const code = codeOf(reason);
      return { tone: 'bad', text: final.has(code) ? texts[code] : texts.refused(refusalWords(reason)) };
    }
    default:
      return null;
  }
}

function away(network, reason) {
  if (!network) return connectionTexts.noNetwork;
  if (reason?.cause?.name === 'SignInProblem') return connectionTexts.noSignIn;
  const status = reason?.status ?? 0;
  return status >= 400 && status < 500 ? connectionTexts.refusedWith(status) : connectionTexts.noAnswer;
}

function later(waiting, kept) {
  if (waiting === 0) return connectionTexts.later;
  const sent = connectionTexts.waiting(waiting);
  return kept ? sent : `${sent} ${connectionTexts.notKept}`;
}

const Code =
  /^.*?\b(?:bad_request|forbidden|rate_limited|internal_error|unsupported_type|conflict|gone): /s;

/** What to tell of a refusal: "bad_request: too long" is "too long". @param {any} error */
export function refusalWords(error) {
  const text = String(error?.message ?? error);
  const said = text.replace(Code, '');
  return refused(codeOf(error), said);
}
