// What all parts of the page build elements with. Text only ever goes in as text.

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

/** Leaves what is the same alone: a selection in it stays. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function button(text, onclick, className = '') {
  return el('button', { type: 'button', textContent: text, onclick, className });
}

/**
 * Makes the children of a list those of the items, by key: what stays is updated where it is, with its focus and whatever is open in it.
 * `shown` is the map from key to part that the caller keeps; a part has `element` and `update(item)`.
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

/** The keyboard stays where it was when the row under it goes. */
function focusBeside(element, list) {
  const beside = element.nextElementSibling ?? element.previousElementSibling;
  (beside?.querySelector('summary, button') ?? list.closest('[tabindex]'))?.focus();
}
