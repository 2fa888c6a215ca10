// Conversations in which nobody writes any more: a group at the end of the list, and what stands in place of the field.

import { may } from '../../sdk/chat-client.js';
import { html, Component } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Icon } from './small.js';

export class ArchivedGroup extends Component {
  state = { isOpen: false };

  /** @param {{count: number, isFound: boolean, draw: () => any}} props isFound: they are searched for */
  render({ count, isFound, draw }, { isOpen }) {
    const isShown = isOpen || isFound;
    return html`
      <li class="group"><button type="button" aria-expanded=${isShown ? 'true' : 'false'} disabled=${isFound}
        onClick=${() => this.setState({ isOpen: !isOpen })}>
        <${Icon} name="down" />${words.archived}<span class="hint">${count}</span></button></li>
      ${isShown ? draw() : null}`;
  }
}

export function Archived({ chat, conversation }) {
  const mayChange = may('changeSettings', conversation.kind, chat.roleIn(conversation));
  return html`
    <div class="archived"><p>${words.isArchived}</p>
      ${mayChange ? html`
        <button type="button" class="secondary" onClick=${() => chat.archive(conversation, false)}>
          ${words.unarchive}</button>` : null}</div>`;
}
