// What is shown of a text: all of it, its beginning, one line. Pure. Everything takes time in proportion to the length
// of the text.

import { parts, plainOf } from './markdown.js';

export { safeHref } from './links.js';
export { parts };

/** Text longer than this is folded until the reader asks for more. */
export const FoldCharacters = 1200;

/** Text of more lines than this is folded. */
export const FoldLines = 18;

const Turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FirstLetter = /\p{L}/u;
const RightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const PreviewCharacters = 140;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

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
 * One line for a list or a notification.
 * @param {string} body
 */
export function preview(body) {
  // What turns the direction of text must not turn what stands beside it.
  const line = plainOf(parts(body.slice(0, 400))).replace(Turning, '').replace(/\s+/g, ' ').trim();
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

function isLowSurrogate(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
