// The rules of Chat.Contracts/Rules, in the same order and words. Chat.Tests/node/sdk/message-cases.json, which
// Chat.Contracts wrote, holds both to it.

import { ChatRefusedError } from './errors.js';
import { limits } from './limits.js';

const utf8 = new TextEncoder();
const space = /[\s\u0085]/;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * What the server would refuse in any case: it fails alone, and a message too large for a socket never cuts the
 * connection.
 * @param {string | null} body
 * @param {import('../chat-client.js').SendMessage} options
 * @returns {ChatRefusedError | null}
 */
export function checkMessage(body, { msgType = 0, attachmentUrl, attachmentMeta, attachments }) {
  const text = trim(body ?? ''), url = attachmentUrl ?? '';
  const isEmpty = text === '' && url === '' && !(attachments?.length > 0);
  const problem = (text === '' ? null : checkText('body', text, Infinity) ?? checkBytes('body', text, limits.bodyBytes))
    ?? ([0, 1, 2].includes(msgType) ? null : 'msgType must be 0 (text), 1 (image) or 2 (file)')
    ?? (url === '' ? null : checkText('attachmentUrl', url, limits.attachmentUrlLength))
    ?? (isEmpty ? 'body must not be empty when there is no attachmentUrl' : null)
    ?? checkMeta(attachmentMeta ?? null);
  return problem === null ? null : new ChatRefusedError('bad_request', problem);
}

/**
 * Likewise of an edit, a deletion or reactions.
 * @param {import('../chat-client.js').MessageChange} change
 * @param {any} [target] stands for the sequence of a message that has none yet
 * @returns {ChatRefusedError | null}
 */
export function checkChange(change, target = change.targetSequence) {
  if (!Number.isSafeInteger(target) || target < 1)
    return new ChatRefusedError('bad_request', 'targetSequence must be the sequence of a message');
  if (change.kind === 'edit') return checkMessage(change.body, change);
  if (change.kind === 'reactions') return checkKeys(change.keys);
  const problem = change.reason ? checkText('reason', change.reason, limits.reasonLength) : null;
  return problem === null ? null : new ChatRefusedError('bad_request', problem);
}

/** Which texts are emoji the server decides. @param {readonly string[]} keys */
function checkKeys(keys) {
  const most = limits.reactionsPerUser, isList = Array.isArray(keys) && keys.every((key) => typeof key === 'string');
  const isWrong = (key) => key === '' || checkText('keys', key, limits.reactionBytes) !== null
    || checkBytes('keys', key, limits.reactionBytes) !== null;
  const problem = !isList ? 'keys must be a list; an empty one takes all reactions away'
    : new Set(keys).size > most ? `keys must include at most ${most} reactions`
    : keys.some(isWrong)
      ? `keys: a reaction is one emoji or a name like :this_one: of at most ${limits.reactionNameLength} characters`
    : null;
  return problem === null ? null : new ChatRefusedError('bad_request', problem);
}

/**
 * Without white space at its ends, as the server sees it: `trim()` leaves U+0085. So it is sent: what is cut off may be
 * larger than the server reads.
 * @param {string} text
 */
export function trim(text) {
  let start = 0, end = text.length;
  while (start < end && space.test(text[start])) start++;
  while (end > start && space.test(text[end - 1])) end--;
  return text.slice(start, end);
}

/** @param {string} field @param {string} text @param {number} most characters: Unicode code points */
function checkText(field, text, most) {
  if (text.length > most && [...text].length > most)
    return `${field} must have at most ${most} characters (Unicode code points)`;
  if (text.includes('\0')) return `${field} must not contain NUL characters`;
  return loneSurrogate.test(text) ? `${field} must be valid Unicode text, without lone surrogates` : null;
}

/** @param {string} field @param {string} text @param {number} most */
function checkBytes(field, text, most) {
  const fits = text.length * 3 <= most || (text.length <= most && utf8.encode(text).length <= most);
  return fits ? null : `${field} must have at most ${most} bytes in UTF-8`;
}

/** @param {unknown} meta */
function checkMeta(meta) {
  const wrong = `attachmentMeta must be JSON, or a string that holds JSON, nested at most ${limits.jsonDepth} levels`;
  try {
    const json = JSON.stringify(meta) ?? 'null';
    const tooLarge = checkBytes('attachmentMeta', json, limits.attachmentMetaBytes);
    if (tooLarge !== null) return tooLarge;
    const value = JSON.parse(json); // what is sent: dates are strings by now
    return isStorable(value) && (typeof value !== 'string' || isStorable(JSON.parse(value))) ? null : wrong;
  } catch {
    return wrong;
  }
}

/** @param {unknown} value @param {number} [left] levels that it may have @returns {boolean} */
function isStorable(value, left = limits.jsonDepth) {
  if (typeof value === 'string') return !loneSurrogate.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return left > 0
    && Object.entries(value).every(([key, held]) => !loneSurrogate.test(key) && isStorable(held, left - 1));
}
