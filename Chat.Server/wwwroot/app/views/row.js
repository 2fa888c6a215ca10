// One message or note, and one message that has not arrived yet.

import { html } from '../../vendor/htm-preact.js';
import { shownUser } from '../profiles.js';
import { exactTime, timeOf } from '../time.js';
import { oneLineOf, refusalWords, words } from '../words.js';
import { Attachment, Body } from './body.js';
import { later } from './later.js';
import { Avatar, Icon, Pure } from './small.js';

const Reactions = later(() => import('./reactions.js').then(file => file.Reactions));
const Quick = later(() => import('./reactions.js').then(file => file.Quick));
const Replies = later(() => import('./replies.js').then(file => file.Replies));

/** What is shown of who it is by, and about: a name may come, or change, while the row is there. */
export const whoOf = item => (item.type === 'note' ? item.body : shownUser(item.sender));

export class Row extends Pure {
  /** Whether a mouse points at it. */
  state = { isPointed: false };

  render({ item, change, day, isNew, isPutBack, compact, mine, read, isFound, isLast, ...others }, { isPointed }) {
    const { answers, quote, names, mentioned, thread, wanted, problem, talk, timeline } = others;
    const marks = `${compact ? ' compact' : ''}${isFound ? ' found' : ''}${mentioned ? ' named' : ''}`;
    return html`
      ${day === null ? null : html`<h3 class="day">${day}</h3>`}
      ${isPutBack ? html`<div class="day put-back" role="separator">${words.putBack}</div>` : null}
      ${isNew ? html`
        <div class="new-line" role="separator" aria-label=${words.newMessages}>${words.newMessages}</div>` : null}
      ${item.type === 'note' ? html`<p class="note" dir="auto" title=${exactTime(item.at)}>${item.body}</p>` : html`
        <article class=${`message${marks}`} tabindex="-1" onPointerEnter=${this.point} onPointerLeave=${this.unpoint}
          aria-label=${`${shownUser(item.sender)}, ${timeOf(item.at)}`}>
          ${compact ? html`<${Time} at=${item.at} className="side-time" />` : html`<${Avatar} name=${item.sender} />`}
          <div class="content">
            ${compact ? null : html`<div class="by"><${Sender} name=${item.sender} /><${Time} at=${item.at} /></div>`}
            <div class="body">
              <div class="content">
                ${answers === null ? null : html`
                  <${Quote} quote=${quote} onClick=${() => talk.goTo(answers)} />`}
                ${item.deleted ? html`<p class="deleted">${words.deleted}</p>` : null}
                ${item.body === '' ? null : html`<${Body} text=${item.body} names=${names} onFold=${timeline.fold} />`}
                ${filesOf(item).map(({ url, name }) => html`<${Attachment} key=${url} url=${url} name=${name} />`)}
                ${item.edited ? html`
                  <button type="button" class="edited" title=${words.showVersions} onClick=${timeline.versions}>
                    ${words.edited}</button>` : null}
                ${item.pinned ? html`<span class="edited"><${Icon} name="pin" />${words.pinned}</span>` : null}
              </div>
              ${mine && !item.deleted ? html`<${Tick} read=${read} />` : null}
            </div>
            ${change === null ? null : html`<${Change} change=${change} onChange=${talk.changeAgain} />`}
            ${item.reactions === null && wanted === null && problem === null ? null : html`
              <${Reactions} item=${item} wanted=${wanted} problem=${problem} talk=${talk} />`}
            ${thread === null ? null : html`
              <${Replies} seq=${item.seq} replies=${item.replies} thread=${thread} onThread=${talk.openThread} />`}
          </div>
          <div class="bar">
            ${isPointed && !item.deleted ? html`<${Quick} item=${item} wanted=${wanted} talk=${talk} />` : null}
            <button type="button" class="icon acts" tabindex=${isLast ? 0 : -1} aria-haspopup="menu"
              aria-label=${words.messageActs} title=${words.messageActs} onClick=${timeline.more}>
              <${Icon} name="more" className="bold" /></button></div>
        </article>`}`;
  }

  point = ({ pointerType }) => this.setState({ isPointed: pointerType === 'mouse' });

  unpoint = () => this.setState({ isPointed: false });
}

export class PendingRow extends Pure {
  render({ self, text, deleted, replyTo, quote, failed, reason, waits, compact, onRetry, onDiscard, onEdit, onFold }) {
    const others = deleted && !failed ? null : html`
      ${deleted ? null : html`<button type="button" onClick=${onEdit}>${words.edit}</button>`}
      <button type="button" onClick=${onDiscard}>${words.discard}</button>`;
    return html`
      <li class="pending">
        <article class=${`message waiting${compact ? ' compact' : ''}`}
          aria-label=${`${shownUser(self)}, ${failed ? words.notSentLabel : words.sendingLabel}`}>
          ${compact ? html`<span></span>` : html`<${Avatar} name=${self} />`}
          <div class="content">
            ${compact ? null : html`<div class="by"><${Sender} name=${self} /></div>`}
            <div class="body"><div class="content">
              ${replyTo === null ? null : html`<${Quote} quote=${quote} />`}
              ${deleted ? html`<p class="deleted">${words.deleted}</p>` : html`
                <${Body} text=${text} onFold=${onFold} />`}</div>
              ${failed ? null : html`<span class="ticks"><${Icon} name="waiting" className="tick" /></span>`}</div>
            ${failed ? html`
              <div class="state failed"><span>${words.notSent(reason ? refusalWords(reason) : '')}</span>
                <button type="button" onClick=${onRetry}>${words.tryAgain}</button>${others}</div>`
              : html`<div class="state"><span>${waits ? words.sentLater : words.sending}</span>
                ${waits ? others : null}</div>`}
          </div>
        </article>
      </li>`;
  }
}

/** What is attached. @param {import('../log.js').Item} item */
const filesOf = ({ attachment, attachments }) =>
  attachments ?? (attachment === null ? [] : [{ url: attachment, name: null }]);

/** What a message answers: one line of it, which leads there. */
const Quote = ({ quote, onClick }) => html`
  <button type="button" class="quote" disabled=${!quote || !onClick} title=${words.toQuoted} onClick=${onClick}>
    ${quote ? html`<bdi class="sender">${shownUser(quote.sender)}</bdi>
      <span dir="auto">${oneLineOf(quote)}</span>`
      : html`<span>${quote === null ? words.noQuoted : words.loading}</span>`}</button>`;

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

/** An edit or a deletion that is not stored yet, or was refused. */
const Change = ({ change, onChange }) => (!change.failed ? html`<div class="state">${words.saving}</div>` : html`
  <div class="state failed">
    <span>${(change.kind === 'delete' ? words.notDeleted : words.notEdited)(refusalWords(change.reason))}</span>
    <button type="button" onClick=${() => onChange(change, 'retry')}>${words.tryAgain}</button>
    ${change.kind === 'delete' ? null : html`
      <button type="button" onClick=${() => onChange(change, 'edit')}>${words.edit}</button>`}
    <button type="button" onClick=${() => onChange(change, 'discard')}>${words.discard}</button>
  </div>`);
