// What a message's text is made of. Pure: strings in, plain parts out. Nothing here knows the DOM, and nothing ever
// becomes HTML. Everything takes time in proportion to the length of the text.

const Fence = '```';
const LanguageLine = /^[^\S\n]*[\w+#.-]*[^\S\n]*\n/;
const LanguageCharacters = 64;

// An address ends before white space, quotation marks, full-width and CJK punctuation, and what cannot be seen.
const Inline = new RegExp(
  '`([^`\\n]+)`|(https?:\\/\\/[^\\s<>"`\\u0000-\\u001f\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069'
    + '\\u00ab\\u00bb\\u201c-\\u201f\\u2039\\u203a\\u3000-\\u3004\\u3008-\\u3020\\u3030'
    + '\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]+)', 'gi');
const Tail = /[.,;:!?'’‘…\]}*_~]/u;

/** More pieces than this make a page slow: the rest is shown as it is. */
const MostParts = 2_000;

/** Text longer than this is folded until the reader asks for more. */
export const FoldCharacters = 1200;

/** Text of more lines than this is folded. */
export const FoldLines = 18;

const Turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FirstLetter = /\p{L}/u;
const RightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const PreviewCharacters = 140;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @typedef {{kind: 'text'|'code'|'block'|'link', text: string, href?: string}} Part */

/**
 * Divides a message into parts.
 * @param {string} body
 * @returns {Part[]}
 */
export function parts(body) {
  /** @type {Part[]} */
  const found = [];
  let at = 0;
  for (let open; found.length < MostParts && (open = body.indexOf(Fence, at)) >= 0;) {
    inline(body.slice(at, open), found);
    at = block(body, open, found);
  }
  inline(body.slice(at), found);
  return found;
}

/**
 * The start of a long text, cut at a line or a word where there is one near; the text itself when it is short.
 * @param {string} body
 */
export function folded(body) {
  let end = Math.min(body.length, FoldCharacters);
  let lines = 0;
  for (let at = body.indexOf('\n'); at >= 0 && at < end; at = body.indexOf('\n', at + 1)) {
    if (++lines === FoldLines) end = at;
  }
  if (end === body.length) return body;
  const space = body.lastIndexOf(' ', end);
  if (body[end] !== '\n' && space > end - 60) end = space;
  return cut(body, end);
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

/**
 * One line for a list or a notification.
 * @param {string} body
 */
export function preview(body) {
  // What turns the direction of text must not turn what stands beside it.
  const line = body.slice(0, 400).replace(/```[\w+#.-]*/g, ' ').replace(Turning, '').replace(/\s+/g, ' ').trim();
  return line.length <= PreviewCharacters ? line : `${cut(line, PreviewCharacters)}…`;
}

/**
 * Which way a text goes, by its first letter. What `dir="auto"` says, which takes minutes in a field of megabytes.
 * @param {string} text
 * @returns {'ltr'|'rtl'}
 */
export function directionOf(text) {
  return RightToLeft.test(FirstLetter.exec(text.slice(0, 1_000))?.[0] ?? '') ? 'rtl' : 'ltr';
}

/**
 * The start of a text, at most so long, and never half of what is seen as one character.
 * @param {string} text
 * @param {number} most UTF-16 code units
 */
export function cut(text, most) {
  if (text.length <= most) return text;
  const near = Math.max(0, most - 64);
  // Of a character without end (hundreds of accents) a part is better than nothing.
  const start = graphemes.segment(text.slice(near, most + 64)).containing(most - near)?.index ?? 0;
  const end = start > 0 ? near + start : most;
  return text.slice(0, isLowSurrogate(text, end) ? end - 1 : end);
}

/** A block of code that begins here; returns where it ends. */
function block(body, open, found) {
  const start = open + Fence.length;
  const language = LanguageLine.exec(body.slice(start, start + LanguageCharacters))?.[0].length ?? 0;
  const close = body.indexOf(Fence, start + language);
  const stop = close < 0 ? body.length : close;
  let text = body.slice(start + language, stop);
  if (close >= 0 && text.endsWith('\n')) text = text.slice(0, -1);
  let end = close < 0 ? stop : close + Fence.length;
  while (close >= 0 && end < body.length && body[end] !== '\n' && /\s/.test(body[end])) end++;
  if (close >= 0 && body[end] === '\n') end++;
  if (text.trim() === '') plain(body.slice(open, end), found);
  else found.push({ kind: 'block', text });
  return end;
}

function inline(text, found) {
  let at = 0;
  for (const match of text.matchAll(Inline)) {
    if (found.length >= MostParts) break;
    if (match[1] !== undefined) {
      plain(text.slice(at, match.index), found);
      found.push({ kind: 'code', text: match[1] });
      at = match.index + match[0].length;
      continue;
    }
    const link = withoutTail(match[2]);
    const href = safeHref(link);
    if (href === null) continue;
    plain(text.slice(at, match.index), found);
    found.push({ kind: 'link', text: link, href });
    at = match.index + link.length;
  }
  plain(text.slice(at), found);
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

function plain(text, found) {
  if (text === '') return;
  const last = found[found.length - 1];
  if (last?.kind === 'text') last.text += text;
  else found.push({ kind: 'text', text });
}

function isLowSurrogate(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
