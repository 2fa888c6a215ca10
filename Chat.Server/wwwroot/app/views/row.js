// One message or note, and one message that has not arrived yet.

import { html } from '../../vendor/htm-preact.js';
import { shownUser } from '../profiles.js';
import { exactTime, timeOf } from '../time.js';
import { refusalWords, words } from '../words.js';
import { Attachment, Body } from './body.js';
import { Avatar, Icon, Pure } from './small.js';

/** What is shown of who it is by, and about: a name may come, or change, while the row is there. */
export const whoOf = item => (item.type === 'note' ? item.body : shownUser(item.sender));

export class Row extends Pure {
  render({ item, day, isNew, isPutBack, compact, mine, read, isFound, isLast, onFold, onMore }) {
    return html`
      <li data-seq=${item.seq} data-sender=${item.sender}>
        ${day === null ? null : html`<h3 class="day">${day}</h3>`}
        ${isPutBack ? html`<div class="day put-back" role="separator">${words.putBack}</div>` : null}
        ${isNew ? html`
          <div class="new-line" role="separator" aria-label=${words.newMessages}>${words.newMessages}</div>` : null}
        ${item.type === 'note' ? html`<p class="note" dir="auto" title=${exactTime(item.at)}>${item.body}</p>` : html`
          <article class=${`message${compact ? ' compact' : ''}${isFound ? ' found' : ''}`} tabindex="-1"
            aria-label=${`${shownUser(item.sender)}, ${timeOf(item.at)}`}>
            ${compact ? html`<${Time} at=${item.at} className="side-time" />` : html`<${Avatar} name=${item.sender} />`}
            <div class="content">
              ${compact ? null : html`<div class="by"><${Sender} name=${item.sender} /><${Time} at=${item.at} /></div>`}
              <div class="body">
                <div class="content">
                  ${item.body === '' ? null : html`<${Body} text=${item.body} onFold=${onFold} />`}
                  ${item.attachment === null ? null : html`<${Attachment} url=${item.attachment} />`}
                </div>
                ${mine ? html`<${Tick} read=${read} />` : null}
              </div>
            </div>
            <button type="button" class="icon acts" tabindex=${isLast ? 0 : -1} aria-haspopup="menu"
              aria-label=${words.messageActs} title=${words.messageActs} onClick=${onMore}>
              <${Icon} name="more" className="bold" /></button>
          </article>`}
      </li>`;
  }
}

export class PendingRow extends Pure {
  render({ self, text, failed, reason, waits, compact, onRetry, onDiscard, onEdit, onFold }) {
    return html`
      <li class="pending">
        <article class=${`message waiting${compact ? ' compact' : ''}`}
          aria-label=${`${shownUser(self)}, ${failed ? words.notSentLabel : words.sendingLabel}`}>
          ${compact ? html`<span></span>` : html`<${Avatar} name=${self} />`}
          <div class="content">
            ${compact ? null : html`<div class="by"><${Sender} name=${self} /></div>`}
            <div class="body"><div class="content"><${Body} text=${text} onFold=${onFold} /></div>
              ${failed ? null : html`<span class="ticks"><${Icon} name="waiting" className="tick" /></span>`}</div>
            ${failed ? html`
              <div class="state failed"><span>${words.notSent(reason ? refusalWords(reason) : '')}</span>
                <button type="button" onClick=${onRetry}>${words.tryAgain}</button>
                <button type="button" onClick=${onEdit}>${words.edit}</button>
                <button type="button" onClick=${onDiscard}>${words.discard}</button></div>`
              : html`<div class="state">${waits ? words.sentLater : words.sending}</div>`}
          </div>
        </article>
      </li>`;
  }
}

const Sender = ({ name }) => html`<bdi class="sender" title=${shownUser(name)}>${shownUser(name)}</bdi>`;

const Time = ({ at, className }) => html`
  <time class=${className} dir="auto" datetime=${new Date(at).toISOString()}
    title=${exactTime(at)}>${timeOf(at)}</time>`;

function Tick({ read }) {
  const said = read ? words.read : words.sent;
  return html`<span class="ticks" title=${said}>
    <${Icon} name=${read ? 'read' : 'sent'} className=${read ? 'tick read' : 'tick'} />
    <span class="hidden-text">${said}</span></span>`;
}
