import { ChatRefusedError } from './errors.js';

const bodyBytes = 64 * 1024;
const metaBytes = 16 * 1024;
const urlLength = 2_048;
const utf8 = new TextEncoder();

/**
 * What the server would refuse in any case, so that a message too large for a socket never cuts the connection.
 * @param {string | null} body
 * @param {import('../chat-client.js').SendMessage} options
 * @returns {ChatRefusedError | null}
 */
export function checkMessage(body, options) {
  if (body !== null && utf8.encode(body.trim()).length > bodyBytes) return new ChatRefusedError('bad_request', `body must have at most ${bodyBytes} bytes`);
  if ((options.attachmentUrl ?? '').length > urlLength) return new ChatRefusedError('bad_request', `attachment_url must have at most ${urlLength} characters`);
  try {
    if (utf8.encode(JSON.stringify(options.attachmentMeta ?? null)).length > metaBytes)
      return new ChatRefusedError('bad_request', `attachment_meta must have at most ${metaBytes} bytes of JSON`);
  } catch (error) {
    return new ChatRefusedError('bad_request', `attachment_meta must be JSON: ${/** @type {Error} */ (error).message}`);
  }
  return null;
}
