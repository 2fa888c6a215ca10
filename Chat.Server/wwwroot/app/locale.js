// How numbers and times are written in a language.

/** The browser's own variety of the language, where it has one: en-GB and en-US differ. @param {string} language */
export const localeOf = language =>
  (globalThis.navigator?.languages ?? []).find(one => one.split('-')[0] === language) ?? language;
