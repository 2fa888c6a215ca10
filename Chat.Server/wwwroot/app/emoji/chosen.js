// What this user chose last: emoji, and a skin tone. Kept in this browser until the user signs out.

import { ofUser } from '../stored.js';
import { toned, tones, untoned } from './emoji.js';

/** So many are remembered. */
const MostRecent = 24;
/** A text of this length or more is none of ours. */
const MostCharacters = 33;

/** The newest first. @returns {string[]} */
export function recent() {
  try {
    const list = JSON.parse(ofUser.get('emoji') ?? '[]');
    const isOurs = one => typeof one === 'string' && one !== '' && one.length < MostCharacters;
    return Array.isArray(list) ? list.filter(isOurs).slice(0, MostRecent) : [];
  } catch {
    return [];
  }
}

/** @param {string} emoji */
export function use(emoji) {
  const others = recent().filter(one => untoned(one) !== untoned(emoji));
  ofUser.set('emoji', JSON.stringify([emoji, ...others].slice(0, MostRecent)));
}

/** Which of the tones. @returns {number} */
export function tone() {
  const kept = Number(ofUser.get('tone'));
  return Number.isInteger(kept) && kept >= 0 && kept < tones.length ? kept : 0;
}

/** @param {number} chosen */
export const setTone = chosen => ofUser.set('tone', chosen === 0 ? null : `${chosen}`);

/** Those of what is offered first that have tones. */
const Hands = new Set(['👍', '🙏']);

/** In the tone that was chosen. @param {string[]} emoji */
export const inTone = emoji => emoji.map(one => (Hands.has(one) ? toned(one, tone()) : one));
