// What a message's text is made of. Pure: strings in, plain parts out. Nothing here knows the DOM, and nothing ever becomes HTML.

const Fence = /```(?:[^\S\n]*[\w+#.-]*[^\S\n]*\n)?([\s\S]*?)(?:\n?```[^\S\n]*\n?|$)/g;
const Inline = /`([^`\n]+)`|(https?:\/\/[^\s<>"'`\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+)/gi;

/** Text longer than this is folded until the reader asks for more. */
export const FoldCharacters = 1200;

/** Text of more lines than this is folded. */
export const FoldLines = 18;

/**
 * Divides a message into parts.
 * @param {string} body
 * @returns {{kind: 'text'|'code'|'block'|'link', text: string, href?: string}[]}
 */
export function parts(body) {
  const found = [];
  let at = 0;
  for (const match of body.matchAll(Fence)) {
    inline(body.slice(at, match.index), found);
    if (match[1].trim() === '') found.push({ kind: 'text', text: match[0] });
    else found.push({ kind: 'block', text: match[1] });
    at = match.index + match[0].length;
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
  // Never between the halves of a surrogate pair.
  if (isLowSurrogate(body, end)) end--;
  return body.slice(0, end);
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
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '' ? url.href : null;
}

/**
 * One line for a list or a notification.
 * @param {string} body
 */
export function preview(body) {
  const line = body.slice(0, 400).replace(/```[\w+#.-]*/g, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= 140) return line;
  return line.slice(0, isLowSurrogate(line, 140) ? 139 : 140) + '…';
}

function inline(text, found) {
  let at = 0;
  for (const match of text.matchAll(Inline)) {
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
  let end = link.length;
  while (end > 0) {
    const last = link[end - 1];
    const closes = last === ')' && count(link, '(', end) < count(link, ')', end);
    if (!closes && !/[.,;:!?\]}*_~]/.test(last)) break;
    end--;
  }
  return link.slice(0, end);
}

function count(text, letter, end) {
  let n = 0;
  for (let i = 0; i < end; i++) if (text[i] === letter) n++;
  return n;
}

function plain(text, found) {
  if (text !== '') found.push({ kind: 'text', text });
}

function isLowSurrogate(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
