// Who takes part, and who of them is there.

import { html } from '../../vendor/htm-preact.js';
import { lastSeen } from '../time.js';
import { Avatar, Icon } from './small.js';

export function People({ chat, conversation, onClose, onAdd }) {
  const people = conversation.people === null ? [] : [...conversation.people].sort(([a, x], [b, y]) => y.online - x.online || a.localeCompare(b));
  return html`
    <section class="people" aria-label="People">
      <h2>People<button type="button" class="icon" aria-label="Close the list of people" onClick=${onClose}><${Icon} name="close" /></button></h2>
      <ul>
        ${people.map(([name, there]) => html`
          <li key=${name}>
            <${Avatar} name=${name} small online=${there.online} />
            <div class="what"><span><bdi>${name}</bdi>${name === chat.self ? ' (you)' : ''}</span><span class="seen">${there.online ? 'online' : lastSeen(there.lastSeenAt, Date.now())}</span></div>
            ${name === chat.self || conversation.direct ? null : html`<button type="button" class="secondary" aria-label=${`Message ${name}`} onClick=${() => chat.startDirect(name)}>Message</button>`}
          </li>`)}
      </ul>
      ${conversation.kind === 'group' ? html`<div class="more"><button type="button" class="secondary" onClick=${onAdd}>Add people</button></div>` : null}
    </section>`;
}
