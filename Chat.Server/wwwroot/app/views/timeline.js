// The messages of one conversation: a window of rows over its log, which follows the end or stays where the reader is.

import { html, Component } from '../../vendor/htm-preact.js';
import { rows } from '../timeline.js';
import { words } from '../words.js';
import { anchorOf, moveOf } from './anchor.js';
import { PendingRow, Row, whoOf } from './row.js';
import { Icon } from './small.js';

const First = 60, Step = 40, Most = 200;
const AtEnd = 4, NearEnd = 40, NearEdge = 700;
const Together = 5 * 60_000;

export class Timeline extends Component {
  from = 0;
  to = 0;
  placed = false;
  begun = false;
  /** Pixels above what is in view, as last measured at the end. */
  room = 0;
  /** What stays where it is on the screen, whatever changes around it. @type {import('./anchor.js').Anchor|null} */
  held = null;
  /** Whether a message is being opened or closed. */
  folding = false;

  get atEnd() {
    return this.props.conversation.atEnd;
  }

  set atEnd(value) {
    this.props.conversation.atEnd = value;
  }

  setScroller = element => {
    this.scroller = element;
  };

  setContent = element => {
    this.content = element;
  };

  componentDidMount() {
    this.resizes = new ResizeObserver(this.resized);
    this.resizes.observe(this.scroller);
    this.resizes.observe(this.content);
    this.componentDidUpdate(null, null, null);
  }

  componentWillUnmount() {
    this.resizes.disconnect();
  }

  // What is in view before a change stays where it is on the screen.
  getSnapshotBeforeUpdate() {
    return this.folding ? this.held : this.atEnd ? null : this.anchor();
  }

  componentDidUpdate(_, __, anchor) {
    this.place(anchor);
    this.fill();
    this.tellSeen();
  }

  /** Shows the newest messages. */
  toEnd = () => {
    const { conversation, onNewest, onJumped } = this.props;
    this.atEnd = true;
    this.from = this.to = conversation.log.last;
    if (conversation.log.last < conversation.last) onNewest();
    this.forceUpdate();
    onJumped();
  };

  render({ conversation, self, pending, online, now, onRetry, onDiscard, onEdit }) {
    if (!this.begun) this.begin();
    this.fitWindow();
    const { log } = conversation;
    const { newFrom, putBackFrom, othersReadTo } = conversation;
    const view = { self, newFrom, putBackFrom, readTo: othersReadTo, now };
    const drawn = rows(log, this.from, this.to, view);
    const isWhole = this.to >= conversation.last;
    const isEmpty = this.from <= 1 && log.items.length === 0 && pending.length === 0 && !conversation.loading;
    return html`
      <div class="scroll-box">
        <div class="scroller" ref=${this.setScroller} onScroll=${this.onScroll} tabindex="0" role="region"
          aria-label=${words.messagesIn(conversation.name)} id="messages">
          <div class="older">${this.older()}</div>
          ${isEmpty ? html`<div class="empty"><h3>${words.noMessages}</h3><p>${words.writeFirst}</p></div>` : null}
          <ol ref=${this.setContent}>
            ${drawn.map(row => html`
              <${Row} key=${row.item.seq} ...${row} who=${whoOf(row.item)} onFold=${this.fold} />`)}
            ${isWhole ? pending.map((sending, i) => html`
              <${PendingRow} key=${sending.key} self=${self} text=${sending.text} failed=${sending.failed}
                reason=${sending.reason} waits=${!online} compact=${i > 0 || this.continues(drawn, self, now)}
                onRetry=${() => onRetry(sending.key)} onDiscard=${() => onDiscard(sending.key)}
                onEdit=${() => onEdit(sending.key, sending.text)} onFold=${this.fold} />`) : null}
          </ol>
        </div>
        ${this.atEnd && isWhole ? null : html`
          <button type="button" class="jump" onClick=${this.toEnd}>
            ${conversation.unread > 0 ? words.newCount(conversation.unread) : words.newest}
            <${Icon} name="down" /></button>`}
      </div>`;
  }

  older() {
    const { conversation, onOlder } = this.props;
    if (this.from <= 1) return null;
    if (conversation.failed) {
      return html`<button type="button" class="secondary" onClick=${onOlder}>${words.olderFailed}</button>`;
    }
    return conversation.loading ? words.olderLoading : null;
  }

  onScroll = () => {
    if (this.folding) return; // the browser's doing, who does not know what is held
    const wasAtEnd = this.atEnd;
    // At the end it stays there, also when more has come that is not drawn yet.
    this.atEnd = wasAtEnd ? this.isNearEnd(NearEnd) : this.isThere();
    this.held = this.atEnd ? null : anchorOf(this.scroller);
    const moved = this.fill();
    if (!moved && wasAtEnd !== this.atEnd) this.forceUpdate();
    if (this.atEnd) this.tellSeen();
  };

  // The window, the list of people, a banner, a picture of letters that came late: what is looked at stays.
  resized = () => {
    const wasAtEnd = this.atEnd;
    this.place(this.atEnd ? null : this.held);
    if (this.folding) this.folded();
    else if (wasAtEnd !== this.atEnd) this.forceUpdate();
  };

  // An opened message is being read: nothing follows the end meanwhile.
  fold = element => {
    this.held = { element, top: element.getBoundingClientRect().top, scrollTop: this.scroller.scrollTop };
    this.folding = true;
    requestAnimationFrame(() => requestAnimationFrame(() => this.folding && this.folded()));
    if (!this.atEnd) return;
    this.atEnd = false;
    this.forceUpdate();
  };

  folded() {
    this.folding = false;
    this.atEnd = this.isThere();
    this.held = this.atEnd ? null : anchorOf(this.scroller);
    if (this.atEnd) this.forceUpdate();
  }

  // Once more when all is loaded that is to be seen at first.
  begin() {
    const { conversation } = this.props;
    this.begun = conversation.opened;
    this.to = conversation.log.last;
    const wanted = this.to - First + 1;
    const from = conversation.newFrom > 0 ? Math.min(wanted, conversation.newFrom - 10) : wanted;
    this.from = Math.max(conversation.log.after + 1, from);
  }

  fitWindow() {
    const { log } = this.props.conversation;
    const first = log.after + 1;
    if (this.atEnd) {
      // As many rows go as come, once there are enough above.
      if (this.room > 2 * NearEdge) this.from += log.last - this.to;
      this.to = log.last;
      this.from = Math.max(this.to - Most + 1, Math.min(this.from, this.to - First + 1));
    }
    this.from = Math.max(first, this.from);
    this.to = Math.min(this.to, log.last);
  }

  // Near an edge of the window: moves it on, and asks for messages when there are none left.
  fill() {
    const { scroller, props: { conversation } } = this;
    const { log } = conversation;
    const { from, to } = this;
    if (scroller.scrollTop < NearEdge && this.placed) {
      if (this.from > log.after + 1) {
        this.from = Math.max(log.after + 1, this.from - Step);
        if (this.to - this.from >= Most) {
          if (this.atEnd) this.from = this.to - Most + 1;
          else this.to = this.from + Most - 1;
        }
      }
      const isNear = this.from - log.after <= Step;
      if (isNear && !log.whole && !conversation.loading && !conversation.failed) this.props.onOlder();
    } else if (!this.atEnd && this.isNearEnd(NearEdge)) {
      if (this.to < log.last) {
        this.to = Math.min(log.last, this.to + Step);
        this.from = Math.max(this.from, this.to - Most + 1);
      } else if (log.last < conversation.last && !conversation.failed) this.props.onNewer();
    }
    if (from === this.from && to === this.to) return false;
    this.forceUpdate();
    return true;
  }

  /** @param {import('./anchor.js').Anchor|null} anchor */
  place(anchor) {
    const { scroller } = this;
    if (!this.placed && this.props.conversation.opened) {
      this.placed = true;
      if (this.placeAtNew()) return;
    }
    if (this.atEnd) {
      scroller.scrollTop = scroller.scrollHeight;
      this.room = scroller.scrollTop;
    } else if (anchor !== null) {
      const moved = moveOf(scroller, anchor);
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
    if (!this.folding) this.held = this.atEnd ? null : anchorOf(scroller);
  }

  placeAtNew() {
    const { scroller } = this;
    const line = scroller.querySelector('.new-line');
    if (line === null || scroller.scrollHeight <= scroller.clientHeight) return false;
    const top = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    scroller.scrollTop = Math.max(0, top - scroller.clientHeight / 4);
    this.atEnd = this.isThere();
    this.held = this.atEnd ? null : anchorOf(scroller);
    if (!this.atEnd) this.forceUpdate();
    return true;
  }

  // As it was before this change, which may have been drawn in part: unless it was scrolled since.
  anchor() {
    const { scroller, held } = this;
    return held !== null && held.scrollTop === scroller.scrollTop ? held : anchorOf(scroller);
  }

  // Nobody is taken to the end who has not come there.
  isThere() {
    return this.to >= this.props.conversation.last && this.isNearEnd(AtEnd);
  }

  isNearEnd(pixels) {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < pixels;
  }

  tellSeen() {
    const { conversation } = this.props;
    if (this.atEnd && this.placed && conversation.log.last >= conversation.last) this.props.onSeen();
  }

  continues(drawn, self, now) {
    const before = drawn[drawn.length - 1]?.item;
    return before !== undefined && before.type === 'message' && before.sender === self && now - before.at < Together;
  }
}
