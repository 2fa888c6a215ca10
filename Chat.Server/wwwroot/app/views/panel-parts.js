// What all that is open beside a conversation has: a head, and lines of a list.

import { html } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Icon } from './small.js';

/** The head of what is beside. @param {{title: string, about?: string, onClose: () => void, children?: any}} props */
export const PanelHead = ({ title, about, onClose, children }) => html`
  <header class="head">
    <div class="who"><h2 id="panel-title" tabindex="-1">${title}</h2>
      ${about ? html`<p class="about" dir="auto">${about}</p>` : null}</div>
    ${children}
    <button type="button" class="icon" aria-label=${words.closePanel} title=${words.close} onClick=${onClose}>
      <${Icon} name="close" /></button>
  </header>`;

/** One line of a list there: a message, with whom it is of. */
export const Said = ({ sender, when, text, children }) => html`
  <span class="line"><bdi class="sender">${sender}</bdi><time dir="auto">${when}</time></span>
  <span class="said-line" dir="auto">${text}</span>${children}`;
