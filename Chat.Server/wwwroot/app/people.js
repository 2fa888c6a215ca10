// How people look: initials on one of a few colours, on each of which white text has a contrast of 4.5 or more
// (base.css has them). And whom a text names.

import { shownUser } from './profiles.js';
import { words } from './words.js';

const Colours = 10;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One of the classes tone-0 … tone-9, the same for the same name everywhere. @param {string} name */
export function tone(name) {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return `tone-${(hash >>> 0) % Colours}`;
}

/** One or two letters. @param {string} name As it is shown. */
export function initials(name) {
  const parts = name.split(/[\s._@-]+/u).filter(part => part !== '');
  if (parts.length === 0) return '?';
  const shown = parts.length === 1 ? [parts[0]] : [parts[0], parts[parts.length - 1]];
  return shown.map(first).join('').toLocaleUpperCase();
}

/** "Ann", "Ann and Bob", "Ann, Bob and 3 more". @param {string[]} names */
export function several(names) {
  const first = names.length > 3 ? names.slice(0, 2) : names;
  return words.several(first.map(shownUser), names.length - first.length);
}

// As people count: a flag or a letter with its accents is one. One without end is none.
function first(word) {
  const { segment } = graphemes.segment(word.slice(0, 32)).containing(0) ?? { segment: '?' };
  return segment.length < 32 ? segment : [...word][0];
}

const MostNamed = 50, MostPatterns = 300;

/**
 * Whom a text names with an @ before the name, as it is shown or as it is.
 * @param {string} text @param {Iterable<string>} people
 * @returns {string[]}
 */
export function named(text, people) {
  if (!text.includes('@')) return [];
  return [...people].filter(id => patternOf(`${id}\n${shownUser(id)}`).test(text)).slice(0, MostNamed);
}

/** What everybody at once is called, in the languages that the app speaks. */
export const All = ['everyone', 'alle'];

/** Whether a text names everybody at once. @param {string} text */
export const namesAll = text => text.includes('@') && patternOf(All.join('\n')).test(text);

/** @type {Map<string, RegExp>} */
const patterns = new Map();

/** What finds one of these names with an @ before it, whole. @param {string} names one a line */
export function patternOf(names) {
  let pattern = patterns.get(names);
  if (pattern === undefined) {
    const all = names.split('\n').sort((a, b) => b.length - a.length);
    const text = all.map(name => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
    pattern = new RegExp(`(?<![\\p{L}\\p{N}])(@(?:${text}))(?![\\p{L}\\p{N}])`, 'iu');
    if (patterns.size >= MostPatterns) patterns.clear();
    patterns.set(names, pattern);
  }
  return pattern;
}
