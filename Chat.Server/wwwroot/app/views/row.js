// One message or note, and one message that has not arrived yet.

import { html } from '../../vendor/htm-preact.js';
import { exactTime, timeOf } from '../time.js';
import { refusalWords } from '../words.js';
import { Attachment, Body } from './body.js';
import { Avatar, Icon, Pure } from './small.js';

export class Row extends Pure {
  render({ item, day, isNew, compact, mine, read }) {
    return html`
      <li data-seq=${item.seq} data-sender=${item.sender}>
        ${day === null ? null : html`<h3 class="day">${day}</h3>`}
        ${isNew ? html`<div class="new-line" role="separator" aria-label="New messages">New messages</div>` : null}
        ${item.type === 'note' ? html`<p class="note" dir="auto">${item.body}</p>` : html`
          <article class=${compact ? 'message compact' : 'message'} aria-label=${`${item.sender}, ${timeOf(item.at)}`}>
            ${compact ? html`<time class="side-time" datetime=${new Date(item.at).toISOString()}>${timeOf(item.at)}</time>` : html`<${Avatar} name=${item.sender} />`}
            <div class="content">
              ${compact ? null : html`<div class="by"><bdi class="sender">${item.sender}</bdi><time datetime=${new Date(item.at).toISOString()} title=${exactTime(item.at)}>${timeOf(item.at)}</time></div>`}
              <div class="body">
                <div class="content">
                  ${item.body === '' ? null : html`<${Body} text=${item.body} />`}
                  ${item.attachment === null ? null : html`<${Attachment} url=${item.attachment} />`}
                </div>
                ${mine ? html`<${Tick} read=${read} />` : null}
              </div>
            </div>
          </article>`}
      </li>`;
  }
}

export class PendingRow extends Pure {
  render({ self, text, failed, reason, waits, compact, onRetry, onDiscard }) {
    return html`
      <li class="pending">
        <article class=${`message waiting${compact ? ' compact' : ''}`} aria-label=${`${self}, ${failed ? 'not sent' : 'sending'}`}>
          ${compact ? html`<span></span>` : html`<${Avatar} name=${self} />`}
          <div class="content">
            ${compact ? null : html`<div class="by"><bdi class="sender">${self}</bdi></div>`}
            <div class="body"><div class="content"><${Body} text=${text} /></div>${failed ? null : html`<span class="ticks"><${Icon} name="waiting" className="tick" /></span>`}</div>
            ${failed ? html`
              <div class="state failed"><span>Not sent${reason ? `: ${refusalWords(reason)}` : ''}</span>
                <button type="button" onClick=${onRetry}>Try again</button><button type="button" onClick=${onDiscard}>Discard</button></div>`
              : html`<div class="state">${waits ? 'Will be sent when the connection is back' : 'Sending…'}</div>`}
          </div>
        </article>
      </li>`;
  }
}

function Tick({ read }) {
  const words = read ? 'Read' : 'Sent';
  return html`<span class="ticks" title=${words}><${Icon} name=${read ? 'read' : 'sent'} className=${read ? 'tick read' : 'tick'} /><span class="hidden-text">${words}</span></span>`;
}
