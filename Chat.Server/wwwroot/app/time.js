// Times as people read them, in the reader's language and zone. Pure.

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const shortWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const fullDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const numeric = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: '2-digit', year: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const Day = 86_400_000;

/** The hour and minute. @param {number} at Milliseconds since 1970. */
export const timeOf = at => clock.format(at);

/** All there is to say about a time. @param {number} at */
export const exactTime = at => exact.format(at);

/** Two times with the same number are of one day here. @param {number} at */
export function dayNumber(at) {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / Day);
}

/** "Today", "Yesterday", a weekday, a date. @param {number} at @param {number} now */
export function dayLabel(at, now) {
  const ago = dayNumber(now) - dayNumber(at);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  if (ago > 1 && ago < 7) return weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOfYear.format(at) : fullDay.format(at);
}

/** For a list: the time today, a day before. @param {number} at @param {number} now */
export function listTime(at, now) {
  const ago = dayNumber(now) - dayNumber(at);
  if (ago <= 0) return timeOf(at);
  if (ago === 1) return 'Yesterday';
  if (ago < 7) return shortWeekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? shortDay.format(at) : numeric.format(at);
}

/** How long ago somebody was last seen. @param {string|null} at @param {number} now */
export function lastSeen(at, now) {
  if (at === null || at === undefined) return 'offline';
  const minutes = Math.floor((now - Date.parse(at)) / 60_000);
  if (minutes < 1) return 'seen just now';
  if (minutes < 60) return `seen ${minutes} min ago`;
  return `seen ${listTime(Date.parse(at), now)}`;
}
