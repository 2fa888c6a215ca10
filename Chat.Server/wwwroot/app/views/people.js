// Who takes part, and who of them is there.

import { html } from '../../vendor/htm-preact.js';
import { shownUser } from '../profiles.js';
import { lastSeen } from '../time.js';
import { seenWords, words } from '../words.js';
import { PersonMenu, Roles, TitleForm } from './roles.js';
import { Avatar, Icon } from './small.js';

export function People({ chat, conversation, onClose, onAdd }) {
  return html`<${Roles} key=${conversation.id} chat=${chat} conversation=${conversation} version=${
    conversation.rolesVersion} draw=${roles => list({ chat, conversation, onClose, onAdd, roles })} />`;
}

function list({ chat, conversation, onClose, onAdd, roles }) {
  const people = [...conversation.people ?? []].sort(([a, x], [b, y]) => y.online - x.online || a.localeCompare(b));
  return html`
    <section class="people" aria-label=${words.people}>
      <h2>${words.people}<button type="button" class="icon" aria-label=${words.closePeople} title=${words.close}
        onClick=${onClose}><${Icon} name="close" /></button></h2>
      ${conversation.topic === null ? null : html`<p class="topic" dir="auto">${conversation.topic}</p>`}
      <${TitleForm} roles=${roles} conversation=${conversation} />
      <ul>
        ${people.map(([name, there]) => html`
          <li key=${name}>
            <${Avatar} name=${name} small online=${there.online} />
            <div class="what">
              <span title=${shownUser(name)}>
                <bdi>${shownUser(name)}</bdi>${name === chat.self ? words.isYou : ''}</span>
              ${roles.label(name) ? html`<span class="role">${roles.label(name)}</span>` : null}
              <span class="seen">${there.online ? seenWords.online : lastSeen(there.lastSeenAt, chat.time.now())}</span>
            </div>
            ${name === chat.self || conversation.direct ? null : html`
              <button type="button" class="secondary" aria-label=${words.messageLabel(name)}
                onClick=${() => chat.startDirect(name)}>${words.message}</button>`}
            <${PersonMenu} roles=${roles} name=${name} />
            ${name === chat.self ? null : html`
              <button type="button" class="secondary" aria-label=${words.blockLabel(name, chat.side.blocked.has(name))}
                onClick=${() => chat.side.blocked.toggle(name)}>
                ${chat.side.blocked.has(name) ? words.unblock : words.block}</button>
              ${conversation.closed || !roles.may('report') ? null : html`
                <button type="button" class="secondary" aria-label=${words.reportLabel(name)}
                  onClick=${() => roles.ask('report', { name })}>${words.report}</button>`}`}
          </li>`)}
      </ul>
      ${conversation.kind === 'group' && conversation.isOpen && roles.may('add') ? html`
        <div class="more">
          <button type="button" class="secondary" onClick=${onAdd}>${words.addPeople}</button></div>` : null}
      ${!conversation.closed && roles.may('seeReports') ? html`
        <div class="more">
          <button type="button" class="secondary" onClick=${() => roles.ask('moderation')}>
            ${words.moderation(roles.state.reports)}</button></div>` : null}
      ${roles.dialog()}
    </section>`;
}
