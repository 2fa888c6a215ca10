// The language of the texts: the one that was chosen, else the first of the browser's that the app speaks.

import { settings } from './stored.js';
import { timesIn } from './time.js';
import { speak } from './words.js';

/** What the app speaks, and how each language is called in it. The first is there from the beginning. */
export const languages = { en: 'English', de: 'Deutsch' };

let current = 'en';

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
      speak(await import(`./texts/${wanted}.js`));
      current = wanted;
      timesIn(current);
    } catch {
      return; // without a connection
    }
  }
  document.documentElement.lang = current;
}

function chosenLanguage() {
  const all = [settings.get('language'), ...navigator.languages ?? []].map(one => one?.split('-')[0] ?? '');
  return all.find(one => Object.hasOwn(languages, one)) ?? 'en';
}
