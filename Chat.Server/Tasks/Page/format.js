import { el, setText } from './dom.js';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const whole = new Intl.NumberFormat('en');
const units = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

export const count = (number) => whole.format(number);

export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Seconds as readable text. */
export function duration(seconds) {
  if (seconds === 0) return 'none';
  if (seconds < 1) return `${Math.round(seconds * 1_000)} ms`;
  const [unit, size] = units.find(([, least]) => seconds >= least);
  return `${whole.format(Math.round((seconds / size) * 10) / 10)} ${unit === 'minute' ? 'min' : unit[0]}`;
}

/** The distance of a time from now, in words. */
function distance(time, now) {
  const seconds = (Date.parse(time) - Date.parse(now)) / 1_000;
  if (Math.abs(seconds) < 1) return 'now';
  const [unit, size] = units.find(([, least]) => Math.abs(seconds) >= least);
  return relative.format(Math.trunc(seconds / size), unit);
}

/** Shows the distance of a time from now in an element, with the clock time as its title. */
export function setDistance(element, time, now) {
  if (element.dateTime !== time) element.dateTime = time;
  const clock = absolute.format(new Date(time));
  if (element.title !== clock) element.title = clock;
  setText(element, distance(time, now));
}

/** A time by the clock. */
export const clock = (time) => el('time', { dateTime: time, textContent: absolute.format(new Date(time)) });
