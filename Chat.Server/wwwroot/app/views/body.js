// The text of a message: text nodes, marks, code and links that are safe to follow. Never HTML.

import { html, Component } from '../../vendor/htm-preact.js';
import { isHere } from '../links.js';
import { patternOf } from '../people.js';
import { folded, parts, safeHref } from '../text.js';
import { words } from '../words.js';
import { Icon, Pure, copied } from './small.js';

/** @extends {Pure<{text: string, names?: string, onFold?: (anchor: Element) => void}>} */
export class Body extends Pure {
  state = { open: false };

  render({ text, names = '' }, { open }) {
    const shown = open ? text : folded(text);
    const long = shown.length < text.length || open;
    return html`
      <div class="text" dir="auto">${parts(shown).map(part => show(part, names))}${!open && long ? '…' : null}</div>
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
export function Attachment({ url, name }) {
  const href = safeHref(url);
  return html`<div class="text">${href === null ? name ?? url : html`
    <a href=${href} target="_blank" rel="noopener noreferrer nofollow">${words.attachmentAt(name ?? url)}</a>`}</div>`;
}

function show(part, names) {
  const inner = all => all.map(one => show(one, names));
  switch (part.kind) {
    case 'block':
      return html`<${Code} text=${part.text} />`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'link':
      return isHere(part.href) ? html`<a href=${part.href} onClick=${goThere}>${part.text}</a>`
        : html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
    case 'bold':
      return html`<strong>${inner(part.parts)}</strong>`;
    case 'italic':
      return html`<em>${inner(part.parts)}</em>`;
    case 'strike':
      return html`<s>${inner(part.parts)}</s>`;
    case 'quote':
      return html`<blockquote dir="auto">${inner(part.parts)}</blockquote>`;
    case 'list':
      return html`<${part.ordered ? 'ol' : 'ul'} dir="auto">${part.items.map(({ value, parts: said, lists }) => html`
        <li value=${value}>${inner(said)}${inner(lists)}</li>`)}<//>`;
    default:
      return withNames(part.text, names);
  }
}

// Where the address names it already, a browser does nothing.
function goThere({ currentTarget }) {
  if (currentTarget.hash === location.hash) dispatchEvent(new Event('hashchange'));
}

// Who is named stands out.
function withNames(text, names) {
  if (names === '' || !text.includes('@')) return text;
  return text.split(patternOf(names)).map((piece, i) =>
    (i % 2 === 1 ? html`<span class="mention">${piece}</span>` : piece));
}

/** A block of code. What says that it was copied goes when the pointer or the focus does. */
class Code extends Component {
  state = { copied: false };

  render({ text }, { copied }) {
    const said = copied ? words.copied : words.copyCode;
    return html`
      <div class="code" onMouseLeave=${this.leave} onfocusout=${this.leave}>
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
