// Names as people see them. Pure.

// What leaves no mark on the screen, or turns the text around it.
const Unseen = new RegExp(
  '[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164'
    + '\\ufe00-\\ufe0f\\uffa0\\u{e0100}-\\u{e01ef}]', 'gu');
const Picture = /\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}\u{1f1e6}-\u{1f1ff}\ufe0f0-9#*]/u;
const JoiningScript = ofScripts('Arabic', 'Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam',
  'Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Mongolian', 'Khmer');
/** Letters of scripts that put no space between words. */
export const Unspaced = ofScripts('Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar');
const Seen = /[\p{L}\p{N}\p{P}\p{S}]/u;
const Letter = /[\p{L}\p{N}\p{M}_]/u;

/** The name, with what cannot be seen in it made visible: two names that differ look different. @param {string} name */
export function shownName(name) {
  return name.replace(Unseen, (mark, at) => (belongs(name, at, mark) ? mark : `[U+${codeOf(mark)}]`));
}

/** Whether there is anything to see, and nothing that cannot be seen. @param {string} name */
export function isReadable(name) {
  return Seen.test(name.replace(Unseen, '')) && shownName(name) === name;
}

/** Whether it has more characters than so many, as the server counts them. @param {string} name @param {number} most */
export function hasMore(name, most) {
  return name.length > most && [...name].length > most;
}

/** Whether a text names somebody: the whole name, as a word. @param {string} text @param {string} name */
export function mentions(text, name) {
  const [body, wanted] = [folded(text), folded(name)];
  if (wanted === '') return false;
  for (let at = body.indexOf(wanted); at >= 0; at = body.indexOf(wanted, at + wanted.length)) {
    const [before, after] = [characterBefore(body, at), characterAt(body, at + wanted.length)];
    if (isEdge(before, characterAt(wanted, 0)) && isEdge(after, characterBefore(wanted, wanted.length))) return true;
  }
  return false;
}

/** As names are compared: case and the way an accent is written do not count. @param {string} text */
export const folded = text => text.normalize('NFC').toLowerCase();

const characterAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : '');

const characterBefore = (text, at) => [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';

// A word ends where no letter follows; scripts without spaces have no such place.
const isEdge = (outside, inside) => !Letter.test(outside) || !Letter.test(inside) || Unspaced.test(inside);

// What joins the parts of an emoji, or letters of scripts that need it, is seen in what it does.
function belongs(name, at, mark) {
  const before = characterBefore(name, at), after = characterAt(name, at + mark.length);
  if (mark === '\ufe0f') return Picture.test(before);
  if (mark === '\u200d') return (Picture.test(before) && Picture.test(after)) || JoiningScript.test(before);
  return mark === '\u200c' && JoiningScript.test(before) && JoiningScript.test(after);
}

const codeOf = mark => mark.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');

function ofScripts(...names) {
  return new RegExp(`[${names.map(name => `\\p{Script=${name}}`).join('')}]`, 'u');
}
