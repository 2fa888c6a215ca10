// What hovers at the top of the messages: the day of what is in view, which leads to another one, and the way to the
// first message that is new.

import { html } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Icon, Pure } from './small.js';

/** @extends {Pure<{day: string|null, isNewAbove: boolean, onDay: () => void, onNew: () => void}>} */
export class Above extends Pure {
  render({ day, isNewAbove, onDay, onNew }) {
    return html`
      <div class="above">
        ${day === null ? null : html`
          <button type="button" class="pill" title=${words.toDate} onClick=${onDay}>${day}
            <span class="hidden-text">: ${words.toDate}</span></button>`}
        ${isNewAbove ? html`
          <button type="button" class="pill new" onClick=${onNew}><${Icon} name="up" />${words.toFirstNew}</button>`
          : null}
      </div>`;
  }
}
