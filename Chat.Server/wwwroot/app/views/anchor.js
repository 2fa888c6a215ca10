// What stays where it is on the screen while the rows around it change.

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
