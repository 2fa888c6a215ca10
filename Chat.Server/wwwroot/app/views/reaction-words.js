// What reactions and the choice of emoji say, in every language. It comes with them, and not with the other texts
// (texts/), so that a first visit is small.

import { limits } from '../../sdk/core/limits.js';
import { language } from '../language.js';
import { localeOf } from '../locale.js';
import { refusalWords } from '../words.js';

const en = {
  reactions: 'Reactions',
  chip: (key, count, isMine) => `${key}, ${count} ${count === '1' ? 'reaction' : 'reactions'}${
    isMine ? ', yours is among them' : ''}`,
  add: 'Add a reaction',
  react: key => `React with ${key}`,
  takeBack: key => `Take back ${key}`,
  who: (names, key) => `${names} reacted with ${key}`,
  nobody: 'Nobody any more.',
  loading: 'Loading…',
  notLoaded: 'Who it was could not be loaded.',
  find: 'Find an emoji',
  groups: {
    recent: 'Used last', found: 'Found', smileys: 'Smileys', people: 'People', nature: 'Animals and nature',
    food: 'Food and drink', places: 'Travel and places', activities: 'Activities', objects: 'Objects',
    symbols: 'Symbols and flags',
  },
  goTo: 'Groups',
  none: 'No emoji is called that.',
  tone: 'Skin tone',
  tones: ['None', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'],
  close: 'Close',
  notSaved: why => `Your reaction was not saved: ${why}`,
  tooManyKeys: most => `a message can have at most ${most} different reactions.`,
  tooManyOwn: most => `you can add at most ${most} reactions to a message.`,
  mayNot: 'you cannot react in this conversation.',
  gone: 'the message was deleted.',
};

/** @type {typeof en} */
const de = {
  reactions: 'Reaktionen',
  chip: (key, count, isMine) => `${key}, ${count} ${count === '1' ? 'Reaktion' : 'Reaktionen'}${
    isMine ? ', deine ist dabei' : ''}`,
  add: 'Reaktion hinzufügen',
  react: key => `Mit ${key} reagieren`,
  takeBack: key => `${key} zurücknehmen`,
  who: (names, key) => `${names}: ${key}`,
  nobody: 'Niemand mehr.',
  loading: 'Wird geladen …',
  notLoaded: 'Wer es war, konnte nicht geladen werden.',
  find: 'Emoji suchen',
  groups: {
    recent: 'Zuletzt verwendet', found: 'Gefunden', smileys: 'Smileys', people: 'Personen', nature: 'Tiere und Natur',
    food: 'Essen und Trinken', places: 'Reisen und Orte', activities: 'Aktivitäten', objects: 'Gegenstände',
    symbols: 'Symbole und Flaggen',
  },
  goTo: 'Gruppen',
  none: 'So heißt kein Emoji.',
  tone: 'Hautton',
  tones: ['Keiner', 'Hell', 'Mittelhell', 'Mittel', 'Mitteldunkel', 'Dunkel'],
  close: 'Schließen',
  notSaved: why => `Deine Reaktion wurde nicht gespeichert: ${why}`,
  tooManyKeys: most => `Eine Nachricht kann höchstens ${most} verschiedene Reaktionen haben.`,
  tooManyOwn: most => `Du kannst einer Nachricht höchstens ${most} Reaktionen hinzufügen.`,
  mayNot: 'In dieser Unterhaltung kannst du nicht reagieren.',
  gone: 'Die Nachricht wurde gelöscht.',
};

export const texts = { en, de };

/** In the language of the page. */
export const reactionWords = () => texts[language()];

/** A number as it is written here. @param {number} n */
export const numberOf = n => n.toLocaleString(localeOf(language()));

/**
 * What would be refused in any case; null: nothing.
 * @param {{key: string}[]} shown what the message has @param {string[]} own what the user has @param {string} key
 */
export function problemOf(shown, own, key) {
  const said = reactionWords(), { reactionsPerMessage: most } = limits;
  if (own.includes(key)) return null;
  if (own.length >= limits.reactionsPerUser) return said.tooManyOwn(limits.reactionsPerUser);
  return shown.length >= most && !shown.some(one => one.key === key) ? said.tooManyKeys(most) : null;
}

/** Why reactions were refused. @param {{code: string, message: string}} error */
export function whyNot(error) {
  const said = reactionWords();
  if (error.code === 'gone') return said.gone;
  if (error.code === 'forbidden') return said.mayNot;
  return error.message.includes('different reactions') ? said.tooManyKeys(limits.reactionsPerMessage)
    : refusalWords(error);
}
