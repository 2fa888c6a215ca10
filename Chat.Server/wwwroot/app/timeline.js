// Which rows a stretch of a log makes. Pure: a row's fields are plain values, so that a row that did not change is not
// drawn again.

import { currentZone, dayLabel, dayNumber } from './time.js';

const Together = 5 * 60_000;

/** @typedef {{id: string, kind: string, body: string, failed: boolean, reason: any}} PendingChange */

/**
 * @param {import('./log.js').Log} log
 * @param {number} from First sequence shown. @param {number} to Last sequence shown.
 * @param {{self: string, changes: Map<number, PendingChange>, newFrom: number, putBackFrom: number, readTo: number,
 *   now: number}} view
 *   newFrom: the first unread sequence, or 0; putBackFrom: above which it is said that the log was put back, or 0.
 */
export function rows(log, from, to, view) {
  const made = [], zone = currentZone(), { items } = log;
  const firstNew = firstShown(log, view);
  for (let place = log.place(from); place < items.length && items[place].seq <= to; place++) {
    const { seq } = items[place], before = items[place - 1];
    const change = view.changes?.get(seq) ?? null, item = withChange(items[place], change);
    const newDay = before === undefined || dayNumber(before.at) !== dayNumber(item.at);
    const isNew = seq === firstNew;
    const isPutBack = view.putBackFrom > (before?.seq ?? 0) && seq >= view.putBackFrom;
    const mine = item.sender === view.self;
    made.push({
      item,
      change,
      zone,
      day: newDay ? dayLabel(item.at, view.now) : null,
      isNew,
      isPutBack,
      compact: !newDay && !isNew && !isPutBack && item.type === 'message' && follows(before, item),
      mine,
      read: mine && seq <= view.readTo,
    });
  }
  return made;
}

// As it will be: a change that is refused is taken back.
function withChange(item, change) {
  if (change === null || change.failed || item.type !== 'message' || item.deleted) return item;
  return change.kind === 'delete' ? { ...item, body: '', attachment: null, attachments: null, deleted: true }
    : { ...item, body: change.body, edited: true };
}

/** Whether a message is shown under the head of the one before it. */
export function follows(before, item) {
  return before?.type === 'message' && before.sender === item.sender && item.at - before.at < Together;
}

// The line stands above a message of somebody else, not above a note or one's own.
function firstShown({ items }, { newFrom, self }) {
  return newFrom === 0 ? 0
    : items.find(({ seq, type, sender }) => seq >= newFrom && type === 'message' && sender !== self)?.seq ?? 0;
}
