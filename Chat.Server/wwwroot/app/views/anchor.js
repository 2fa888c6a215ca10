// What stays where it is on the screen while the rows around it change; and what is above it.

import { dayLabel } from '../time.js';

/**
 * A row, or an element; and where it was.
 * @typedef {{top: number, scrollTop: number, seq?: string, element?: Element}} Anchor
 */

/**
 * The first row that begins in view. Its last element is held on to: a day or a line above that may come or go.
 * @param {Element} scroller
 * @returns {Anchor|null}
 */
export function anchorOf(scroller) {
  const top = scroller.getBoundingClientRect().top;
  const list = scroller.querySelectorAll('li[data-seq]');
  if (list.length === 0) return null;
  let low = 0, high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(list[middle]) >= top) high = middle;
    else low = middle + 1;
  }
  return { seq: list[low].dataset.seq, top: topOf(list[low]), scrollTop: scroller.scrollTop };
}

/** By how many pixels it was moved. @param {Element} scroller @param {Anchor} anchor */
export function moveOf(scroller, { element, seq, top }) {
  if (element) return element.isConnected ? element.getBoundingClientRect().top - top : 0;
  const row = scroller.querySelector(`li[data-seq="${seq}"]`);
  return row === null ? 0 : topOf(row) - top;
}

const topOf = row => row.lastElementChild.getBoundingClientRect().top;

/**
 * What is above the first row that is in view: its day, unless that is written there, and whether the line of new
 * messages is further up.
 * @param {Element} scroller
 * @param {import('../stream.js').Stream} stream
 * @param {string|undefined} top the sequence of the first row that begins in view
 * @param {number} now
 */
export function aboveOf(scroller, { log, newFrom }, top, now) {
  const seq = Number(top), item = log.at(seq);
  if (item === undefined) return { day: null, isNewAbove: false };
  const row = scroller.querySelector(`li[data-seq="${seq}"]`);
  const isWritten = row?.firstElementChild?.className === 'day';
  const isAtTop = scroller.scrollTop < 8;
  return { day: isWritten || isAtTop ? null : dayLabel(item.at, now), isNewAbove: newFrom > 0 && newFrom < seq };
}
