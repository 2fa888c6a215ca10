// Addresses: those in texts, and those of what the app shows. Pure.

// An address ends before white space, quotation marks, full-width and CJK punctuation, and what cannot be seen.
const Address = new RegExp(
  'https?:\\/\\/[^\\s<>"`\\u0000-\\u001f\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069'
    + '\\u00ab\\u00bb\\u201c-\\u201f\\u2039\\u203a\\u3000-\\u3004\\u3008-\\u3020\\u3030'
    + '\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]+', 'iy');
const Tail = /[.,;:!?'’‘…\]}*_~]/u;

/**
 * The address that begins at this place of a text; null: none does. `href` null: it may not be followed. `passed` is
 * how much of the text is done with.
 * @param {string} text @param {number} at
 * @returns {{text: string, href: string|null, passed: number}|null}
 */
export function linkAt(text, at) {
  Address.lastIndex = at;
  const found = Address.exec(text);
  if (found === null) return null;
  const link = withoutTail(found[0]), href = safeHref(link);
  return { text: link, href, passed: href === null ? found[0].length : link.length };
}

/**
 * The address of a link that may be followed: http and https only, without a name and password, which serve to deceive.
 * @param {string} text
 * @returns {string|null}
 */
export function safeHref(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}

// "(see https://example.org/a_(b))." links to https://example.org/a_(b)
function withoutTail(link) {
  let unopened = 0;
  for (const letter of link) unopened += letter === ')' ? 1 : letter === '(' ? -1 : 0;
  let end = link.length;
  for (; end > 0; end--) {
    const last = link[end - 1];
    if (last === ')' && unopened > 0) unopened--;
    else if (!Tail.test(last)) break;
  }
  return link.slice(0, end);
}

// Addresses of what the app shows: a conversation, and a message in it.
const home = () => new URL('.', document.baseURI).href;

/** @param {string} place of a conversation, or of a thread in it @param {number} seq */
export const linkTo = (place, seq) => `${home()}#/c/${place}/${seq}`;

/** Whether a link leads to something in this app: it is opened here. @param {string} href */
export const isHere = href => href.startsWith(`${home()}#/c/`);

/**
 * What is open beside a conversation: its threads, its pinned messages, or a thread and a message of it (0: none).
 * @typedef {{panel: 'threads'|'pins'|'thread', thread: number|null, seq: number}} Beside
 */

/** @typedef {{id: string|null, seq: number, beside: Beside|null}} Place */

const PlaceOf = /^#\/c\/([\w-]+)(?:\/(threads|pins)|(?:\/t\/(\d{1,15}))?(?:\/(\d{1,15}))?)$/;

/** What the address of the page names. @param {string} hash @returns {Place} */
export function placeOf(hash) {
  const [, id = null, panel = 'thread', thread, named = '0'] = PlaceOf.exec(hash) ?? [];
  const seq = Number(named);
  if (thread !== undefined) return { id, seq: 0, beside: { panel, thread: Number(thread), seq } };
  return { id, seq, beside: panel === 'thread' ? null : { panel, thread: null, seq: 0 } };
}
