// The messages of one conversation: a window of rows over its log, which follows the end or stays where the reader is.

import { html, Component } from '../../vendor/htm-preact.js';
import { rows } from '../timeline.js';
import { PendingRow, Row } from './row.js';
import { Icon } from './small.js';

const First = 60, Step = 40, Most = 200;
const NearEnd = 40, NearEdge = 700;

export class Timeline extends Component {
  from = 0;
  to = 0;
  atEnd = true;
  placed = false;
  /** Pixels above what is in view, as last measured at the end. */
  room = 0;

  setScroller = element => {
    this.scroller = element;
  };

  componentWillMount() {
    this.begin();
  }

  componentDidMount() {
    this.resizes = new ResizeObserver(() => this.place(null));
    this.resizes.observe(this.scroller);
    this.componentDidUpdate(null, null, null);
  }

  componentWillUnmount() {
    this.resizes.disconnect();
  }

  // What is in view before a change stays where it is on the screen.
  getSnapshotBeforeUpdate() {
    return this.atEnd ? null : this.anchor();
  }

  componentDidUpdate(_, __, anchor) {
    this.place(anchor);
    this.fill();
    this.tellSeen();
  }

  /** Shows the newest messages. */
  toEnd = () => {
    this.atEnd = true;
    this.from = this.to = this.props.conversation.last;
    this.forceUpdate();
    this.props.onJumped();
  };

  render({ conversation, self, pending, online, onRetry, onDiscard }) {
    this.fitWindow();
    const { log } = conversation;
    const drawn = rows(log, this.from, this.to, { self, newFrom: conversation.newFrom, readTo: conversation.othersReadTo, now: Date.now() });
    const below = conversation.last - this.to;
    const start = this.from <= 1;
    return html`
      <div class="scroll-box">
        <div class="scroller" ref=${this.setScroller} onScroll=${this.onScroll} tabindex="0" role="region" aria-label=${`Messages in ${conversation.name}`} id="messages">
          <div class="older">${start ? null : conversation.failed
            ? html`<button type="button" class="secondary" onClick=${this.props.onOlder}>Older messages did not load. Try again</button>`
            : conversation.loading ? 'Loading older messages…' : null}</div>
          ${start && log.items.length === 0 && pending.length === 0 && !conversation.loading ? html`
            <div class="empty"><h3>No messages yet</h3><p>Write the first one below.</p></div>` : null}
          <ol>
            ${drawn.map(row => html`<${Row} key=${row.item.seq} ...${row} />`)}
            ${below > 0 ? null : pending.map((sending, i) => html`<${PendingRow} key=${sending.key} self=${self} text=${sending.text} failed=${sending.failed} reason=${sending.reason}
              waits=${!online} compact=${i > 0 || this.continues(drawn, self)} onRetry=${() => onRetry(sending.key)} onDiscard=${() => onDiscard(sending.key)} />`)}
          </ol>
        </div>
        ${this.atEnd && below === 0 ? null : html`<button type="button" class="jump" onClick=${this.toEnd}>${this.unseen() > 0 ? `${this.unseen()} new` : 'Newest'}<${Icon} name="down" /></button>`}
      </div>`;
  }

  onScroll = () => {
    const { scroller, props: { conversation } } = this;
    const wasAtEnd = this.atEnd;
    // At the end it stays there, also when more has come that is not drawn yet.
    this.atEnd = (wasAtEnd || this.to >= conversation.last) && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NearEnd;
    const moved = this.fill();
    if (!moved && wasAtEnd !== this.atEnd) this.forceUpdate();
    if (this.atEnd) this.tellSeen();
  };

  begin() {
    const { conversation } = this.props;
    this.to = conversation.last;
    this.from = Math.max(conversation.log.after + 1, this.to - First + 1);
    if (conversation.newFrom > 0) this.from = Math.max(conversation.log.after + 1, Math.min(this.from, conversation.newFrom - 10));
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

  // Near an edge of the window: moves it on, and asks for older messages when there are none left.
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
      if (this.from - log.after <= Step && !log.whole && !conversation.loading && !conversation.failed) this.props.onOlder();
    } else if (!this.atEnd && this.to < log.last && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NearEdge) {
      this.to = Math.min(log.last, this.to + Step);
      this.from = Math.max(this.from, this.to - Most + 1);
    }
    if (from === this.from && to === this.to) return false;
    this.forceUpdate();
    return true;
  }

  place(anchor) {
    const { scroller } = this;
    if (!this.placed && this.props.conversation.opened) {
      this.placed = true;
      const line = scroller.querySelector('.new-line');
      if (line !== null && scroller.scrollHeight > scroller.clientHeight) {
        const top = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
        scroller.scrollTop = Math.max(0, top - scroller.clientHeight / 4);
        this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NearEnd;
        if (!this.atEnd) this.forceUpdate();
        return;
      }
    }
    if (this.atEnd) {
      scroller.scrollTop = scroller.scrollHeight;
      this.room = scroller.scrollTop;
    } else if (anchor !== null) {
      const row = scroller.querySelector(`li[data-seq="${anchor.seq}"]`);
      const moved = row === null ? 0 : row.lastElementChild.getBoundingClientRect().top - anchor.top;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
  }

  // The first row that begins in view. Its last element is held on to: a day or a line above that may come or go.
  anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    const list = this.scroller.querySelectorAll('li[data-seq]');
    let low = 0, high = list.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].lastElementChild.getBoundingClientRect().top >= top) high = middle;
      else low = middle + 1;
    }
    return list.length === 0 ? null : { seq: list[low].dataset.seq, top: list[low].lastElementChild.getBoundingClientRect().top };
  }

  unseen() {
    const { conversation } = this.props;
    return conversation.unread;
  }

  tellSeen() {
    if (this.atEnd && this.placed) this.props.onSeen();
  }

  continues(drawn, self) {
    const before = drawn[drawn.length - 1]?.item;
    return before !== undefined && before.type === 'message' && before.sender === self && Date.now() - before.at < 5 * 60_000;
  }
}
