// The text of a message: text nodes, marks, code and links that are safe to follow. Never HTML.

import { html, Component } from '../../vendor/htm-preact.js';
import { isHere } from '../places.js';
import { folded, parts, safeHref } from '../text.js';
import { words } from '../words.js';
import { Icon, Pure, copied } from './small.js';

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
      return html`<${Code} text=${part.text} />`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'link':
      return isHere(part.href) ? html`<a href=${part.href} onClick=${goThere}>${part.text}</a>`
        : html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
    case 'bold':
      return html`<strong>${part.parts.map(show)}</strong>`;
    case 'italic':
      return html`<em>${part.parts.map(show)}</em>`;
    case 'strike':
      return html`<s>${part.parts.map(show)}</s>`;
    case 'quote':
      return html`<blockquote dir="auto">${part.parts.map(show)}</blockquote>`;
    case 'list':
      return html`<${part.ordered ? 'ol' : 'ul'} dir="auto">${part.items.map(({ value, parts: said, lists }) => html`
        <li value=${value}>${said.map(show)}${lists.map(show)}</li>`)}<//>`;
    default:
      return part.text;
  }
}

// Where the address names it already, a browser does nothing.
function goThere({ currentTarget }) {
  if (currentTarget.hash === location.hash) dispatchEvent(new Event('hashchange'));
}

/** A block of code. What says that it was copied goes when the pointer or the focus does. */
class Code extends Component {
  state = { copied: false };

  render({ text }, { copied }) {
    const said = copied ? words.copied : words.copyCode;
    return html`
      <div class="code" onMouseLeave=${this.leave} onFocusOut=${this.leave}>
        <pre tabindex="0" aria-label=${words.code}>${text}</pre>
        <button type="button" class="icon" aria-label=${said} title=${said} onClick=${this.copy}>
          <${Icon} name=${copied ? 'sent' : 'copy'} /></button>
      </div>`;
  }

  copy = async event => {
    const button = event.currentTarget;
    if (await copied(this.props.text)) this.setState({ copied: true });
    button.focus();
  };

  leave = event => {
    if (this.state.copied && !event.currentTarget.contains(event.relatedTarget)) this.setState({ copied: false });
  };
}
