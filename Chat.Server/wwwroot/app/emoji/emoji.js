// The emoji to choose from, in a language: set.js has them, and a file a language what they are called. Pure.

import { set } from './set.js';

/** The skin tones, from none to the darkest. */
export const tones = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'];

/** What is offered first. */
export const usual = ['👍', '❤️', '😂', '🎉', '👀', '🙏'];

/** @typedef {{plain: string, group: string, hasTones: boolean, name: string, search: string[]}} Emoji */

/** @param {string} names as in en.js @returns {Emoji[]} */
export function emojiIn(names) {
  const lines = names.split('\n');
  return Object.entries(set).flatMap(([group, all]) => all.trim().split(/\s+/).map(one => ({ group, one })))
    .map(({ group, one }, i) => {
      const [name, more = ''] = lines[i].split('|'), hasTones = one.endsWith('*');
      return { plain: hasTones ? one.slice(0, -1) : one, group, hasTones, name, search: wordsIn(`${name} ${more}`) };
    });
}

/** In a skin tone, where it takes one. @param {string} plain @param {number} tone */
export function toned(plain, tone) {
  if (tone === 0) return plain;
  const [first, ...others] = plain;
  return first + tones[tone] + (others[0] === '\ufe0f' ? others.slice(1) : others).join('');
}

/** Without its skin tone. @param {string} emoji */
export const untoned = emoji => emoji.replace(/[\u{1f3fb}-\u{1f3ff}]/u, '');

/**
 * Those that are meant: each word of what was typed begins a word of theirs. Best where the name begins with it.
 * @param {Emoji[]} all @param {string} typed @returns {Emoji[]}
 */
export function found(all, typed) {
  const asked = wordsIn(typed);
  if (asked.length === 0) return all;
  const rank = ({ name, search }) => {
    if (!asked.every(word => search.some(one => one.startsWith(word)))) return -1;
    const called = wordsIn(name);
    if (called.join(' ') === asked.join(' ')) return 0;
    if (called[0].startsWith(asked[0])) return 1;
    return called.some(one => one.startsWith(asked[0])) ? 2 : 3;
  };
  return all.map(one => [rank(one), one]).filter(([at]) => at >= 0).sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** Small letters without marks, so that `kuss` finds `Küsse`. */
const wordsIn = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}+]+/gu) ?? [];
