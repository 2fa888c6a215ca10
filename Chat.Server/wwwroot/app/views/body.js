// The text of a message: text nodes, code and links that are safe to follow. Never HTML.

import { html } from '../../vendor/htm-preact.js';
import { folded, parts, safeHref } from '../text.js';
import { words } from '../words.js';
import { Pure } from './small.js';

/** @extends {Pure<{text: string, onFold?: (anchor: Element) => void}>} */
export class Body extends Pure {
  state = { open: false };

  render({ text }, { open }) {
    const shown = open ? text : folded(text);
    const long = shown.length < text.length || open;
    return html`
      <div class="text" dir="auto">${parts(shown).map(show)}${!open && long ? '…' : null}</div>
      ${long ? html`<button type="button" class="fold" aria-expanded=${open ? 'true' : 'false'} onClick=${this.turn}>
        ${open ? words.showLess : words.showAll}</button>` : null}`;
  }

  // What is opened stays where it begins; what is closed, where the button is.
  turn = event => {
    const button = event.currentTarget, open = !this.state.open;
    this.props.onFold?.(open ? button.previousElementSibling : button);
    this.setState({ open });
  };
}

/** A link to what was attached, when it is a web address; otherwise the bare text. */
export function Attachment({ url }) {
  const href = safeHref(url);
  return html`<div class="text">${href === null ? url : html`
    <a href=${href} target="_blank" rel="noopener noreferrer nofollow">${words.attachmentAt(url)}</a>`}</div>`;
}

function show(part) {
  switch (part.kind) {
    case 'block':
      return html`<pre tabindex="0" aria-label=${words.code}>${part.text}</pre>`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'link':
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
    default:
      return part.text;
  }
}
