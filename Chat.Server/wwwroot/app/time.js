// Times as people read them, in the language of the texts and the reader's zone.

import { localeOf } from './locale.js';
import { seenWords } from './words.js';

const Formats = {
  clock: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'long' },
  shortWeekday: { weekday: 'short' },
  dayOfYear: { weekday: 'long', day: 'numeric', month: 'long' },
  fullDay: { day: 'numeric', month: 'long', year: 'numeric' },
  shortDay: { day: 'numeric', month: 'short' },
  numeric: { day: '2-digit', month: '2-digit', year: '2-digit' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
};

const Day = 86_400_000;

let locale = localeOf('en');
let zone = zoneNow();
let formats = made();

/** The time zone in use. Whatever shows a time has to be drawn again when it is another. */
export const currentZone = () => zone;

/** True when the zone is another one than before: the device was taken along on a journey. */
export function zoneChanged() {
  const now = zoneNow();
  if (now === zone) return false;
  zone = now;
  formats = made();
  return true;
}

/** Times are written as in this language from now on. @param {string} language */
export function timesIn(language) {
  locale = localeOf(language);
  formats = made();
}

/** The hour and minute. @param {number} at Milliseconds since 1970. */
export const timeOf = at => formats.clock.format(at);

/** All there is to say about a time. @param {number} at */
export const exactTime = at => formats.exact.format(at);

/** Two times with the same number are of one day here. @param {number} at */
export function dayNumber(at) {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / Day);
}

/** As a field for dates has it: 2026-11-27. @param {number} at */
export const dateOf = at => new Date(dayNumber(at) * Day).toISOString().slice(0, 10);

/** "Today", "Yesterday", a weekday, a date. @param {number} at @param {number} now */
export function dayLabel(at, now) {
  const ago = dayNumber(now) - dayNumber(at);
  if (ago === 0) return seenWords.today;
  if (ago === 1) return seenWords.yesterday;
  if (ago > 1 && ago < 7) return formats.weekday.format(at);
  return isSameYear(at, now) ? formats.dayOfYear.format(at) : formats.fullDay.format(at);
}

/** For a list: the time today, a day before. @param {number} at @param {number} now */
export function listTime(at, now) {
  const ago = dayNumber(now) - dayNumber(at);
  if (ago <= 0) return timeOf(at);
  if (ago === 1) return seenWords.yesterday;
  if (ago < 7) return formats.shortWeekday.format(at);
  return isSameYear(at, now) ? formats.shortDay.format(at) : formats.numeric.format(at);
}

/** How long ago somebody was last seen. @param {string|null|undefined} at @param {number} now */
export function lastSeen(at, now) {
  if (at === null || at === undefined) return seenWords.offline;
  const minutes = Math.floor((now - Date.parse(at)) / 60_000);
  if (minutes < 1) return seenWords.justNow;
  return minutes < 60 ? seenWords.minutesAgo(minutes) : seenWords.at(listTime(Date.parse(at), now));
}

const isSameYear = (one, other) => new Date(one).getFullYear() === new Date(other).getFullYear();

function zoneNow() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function made() {
  const format = ([name, parts]) => [name, new Intl.DateTimeFormat(locale, parts)];
  return Object.fromEntries(Object.entries(Formats).map(format));
}
