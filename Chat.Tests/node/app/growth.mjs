// How much work a function does for a text, counted and not timed: how often each piece of its code ran, and how many
// characters the functions of the language went over for it.

import { Session } from 'node:inspector/promises';

const wwwroot = new URL('../../../Chat.Server/wwwroot/', import.meta.url).href;
const inspector = new Session();
inspector.connect();
await inspector.post('Profiler.enable');

let characters = 0;

const searched = (found, from, text) => (found < 0 ? text.length - from : found - from + 1);
const watched = {
  indexOf: (own, text, what, from = 0) => count(own.call(text, what, from), (found) => searched(found, from, text)),
  includes: (own, text, what) => count(own.call(text, what), () => text.length),
  slice: (own, text, ...ends) => count(own.apply(text, ends), (taken) => taken.length),
  trim: (own, text) => count(own.call(text), () => text.length),
  trimStart: (own, text) => count(own.call(text), (rest) => 1 + text.length - rest.length),
  replace: (own, text, ...how) => count(own.apply(text, how), () => text.length),
};

function count(result, charactersOf) {
  characters += charactersOf(result);
  return result;
}

/** @param {(text: string) => unknown} work @param {string} text @returns {Promise<number>} */
export async function growthOf(work, text) {
  const own = Object.fromEntries(Object.keys(watched).map((name) => [name, String.prototype[name]]));
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  characters = 0;
  for (const [name, counted] of Object.entries(watched))
    String.prototype[name] = function (...given) { return counted(own[name], this, ...given); };
  try {
    work(text);
  } finally {
    Object.assign(String.prototype, own);
  }
  const touched = characters;
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  await inspector.post('Profiler.stopPreciseCoverage');
  return touched + result.filter(({ url }) => url.startsWith(wwwroot))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count: times }) => sum + times, 0);
}
