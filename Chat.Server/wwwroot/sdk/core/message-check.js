import { ChatRefusedError } from './errors.js';
import { limits } from './limits.js';

const { bodyBytes, attachmentMetaBytes: metaBytes, attachmentUrlLength: urlLength } = limits;
const utf8 = new TextEncoder();

/**
 * A text without white space at its ends, as the server sees it: `trim()` leaves U+0085.
 * @param {string} text
 */
const trim = text => text.replace(/^[\s\u0085]+/, '').replace(/[\s\u0085]+$/, '');

/**
 * What the server would refuse in any case, so that a message too large for a socket never cuts the connection.
 * @param {string | null} body
 * @param {import('../chat-client.js').SendMessage} options
 * @returns {ChatRefusedError | null}
 */
export function checkMessage(body, options) {
  if (body !== null && utf8.encode(trim(body)).length > bodyBytes)
    return new ChatRefusedError('bad_request', `body must have at most ${bodyBytes} bytes in UTF-8`);
  if ([...options.attachmentUrl ?? ''].length > urlLength)
    return new ChatRefusedError('bad_request', `attachmentUrl must have at most ${urlLength} characters`);
  try {
    if (utf8.encode(JSON.stringify(options.attachmentMeta ?? null)).length > metaBytes)
      return new ChatRefusedError('bad_request', `attachmentMeta must have at most ${metaBytes} bytes`);
  } catch (error) {
    return new ChatRefusedError('bad_request', `attachmentMeta must be JSON: ${/** @type {Error} */ (error).message}`);
  }
  return null;
}
