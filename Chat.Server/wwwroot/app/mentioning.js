// Names that are being written after an @. Pure.

import { folded } from './names.js';
import { shownUser } from './profiles.js';

const Most = 8;
const Begun = /(?:^|[\s([{"'“‘«¿¡])@([\p{L}\p{N}\p{M}._\-']{0,64})$/u;

/**
 * What is being written at this place; null: no name.
 * @param {string} text @param {number} caret
 * @returns {{query: string, at: number}|null} `at`: where the @ is
 */
export function begun(text, caret) {
  const found = Begun.exec(text.slice(Math.max(0, caret - 80), caret));
  return found === null ? null : { query: found[1], at: caret - found[1].length - 1 };
}

/**
 * Who may be meant: names and ids that begin so, or have a word that does; those of one's own name never.
 * @param {Iterable<string>} people @param {string} query @param {string} self
 * @returns {string[]}
 */
export function meant(people, query, self) {
  const wanted = folded(query), found = [];
  for (const id of people) {
    if (id === self) continue;
    const names = [folded(shownUser(id)), folded(id)];
    const rank = names.some(name => name.startsWith(wanted)) ? 0
      : names.some(name => name.split(/[\s._-]+/).some(word => word.startsWith(wanted))) ? 1 : 2;
    if (rank < 2) found.push({ id, rank, name: names[0] });
  }
  return found.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name)).slice(0, Most).map(({ id }) => id);
}

/**
 * The text with a name in place of what was begun.
 * @param {string} text @param {number} at @param {number} caret @param {string} name
 */
export function completed(text, at, caret, name) {
  const before = `${text.slice(0, at)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}
