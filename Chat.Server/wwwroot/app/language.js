// The language of the texts: the one that was chosen, else the first of the browser's that the app speaks.

import { settings } from './stored.js';
import { timesIn } from './time.js';
import { speak, speakMore } from './words.js';

/** What the app speaks, and how each language is called in it. The first is there from the beginning. */
export const languages = { en: 'English', de: 'Deutsch' };

let current = 'en';
/** Whether the texts of the later parts are wanted too. */
let isMore = false;

/** What the texts are in now. */
export const language = () => current;

/** Chooses, and remembers it. @param {string|null} chosen null: the browser's @returns {Promise<void>} */
export async function choose(chosen) {
  settings.set('language', chosen);
  await begin();
}

/** Loads the texts of what is chosen. Where they do not come, all stays as it is. */
export async function begin() {
  const wanted = chosenLanguage();
  if (wanted !== current) {
    try {
      const texts = await import(`./texts/${wanted}.js`), later = isMore ? await laterTexts(wanted) : null;
      speak(texts);
      if (later !== null) speakMore(later);
      current = wanted;
      timesIn(current);
    } catch {
      return; // without a connection
    }
  }
  document.documentElement.lang = current;
}

/** Loads the texts of what is not there at first. @returns {Promise<void>} */
export async function more() {
  isMore = true;
  const wanted = current, later = await laterTexts(wanted);
  if (wanted !== current) return more(); // another one was chosen meanwhile
  speakMore(later);
}

const laterTexts = async language => (await import(`./texts/later/${language}.js`)).words;

function chosenLanguage() {
  const all = [settings.get('language'), ...navigator.languages ?? []].map(one => one?.split('-')[0] ?? '');
  return all.find(one => Object.hasOwn(languages, one)) ?? 'en';
}
