// Builds elements for all parts of the page. Text is only ever inserted as text.

/** An element with properties, attributes (in `attrs`) and children; children that are null are left out. */
export function el(name, { attrs = {}, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attrs)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function svg(name, attrs, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attrs)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Does not touch equal text, so that a selection in it stays. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function button(text, onclick, className = '') {
  return el('button', { type: 'button', textContent: text, onclick, className });
}

/**
 * Matches the children of a list to the items, by key: elements that stay are updated in place and keep focus and open
 * details. `shown` is the caller's map from key to part; a part has `element` and `update(item)`.
 */
export function reconcile(list, shown, items, keyOf, create) {
  const keys = new Set(items.map(keyOf));
  for (const [key, part] of shown) {
    if (keys.has(key)) continue;
    if (part.element.contains(document.activeElement)) focusBeside(part.element, list);
    part.element.remove();
    shown.delete(key);
  }
  let place = list.firstElementChild;
  for (const item of items) {
    let part = shown.get(keyOf(item));
    if (!part) shown.set(keyOf(item), (part = create(item)));
    part.update(item);
    if (part.element === place) place = place.nextElementSibling;
    else list.insertBefore(part.element, place);
  }
}

/** Keyboard focus keeps its position when its row is removed. */
function focusBeside(element, list) {
  const beside = element.nextElementSibling ?? element.previousElementSibling;
  (beside?.querySelector('summary, button') ?? list.closest('[tabindex]'))?.focus();
}
