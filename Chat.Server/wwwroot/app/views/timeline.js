// The messages of one conversation: a window of rows over its log, which follows the end or stays where the reader is.

import { html, Component } from '../../vendor/htm-preact.js';
import { shownUser } from '../profiles.js';
import { follows, rows } from '../timeline.js';
import { words } from '../words.js';
import { aboveOf, anchorOf, moveOf } from './anchor.js';
import { PendingRow, Row, whoOf } from './row.js';
import { later } from './later.js';
import { Icon } from './small.js';

const Above = later(() => import('./above.js').then(file => file.Above));
const Menu = later(() => import('./menu.js').then(file => file.Menu));

const First = 60, Step = 40, Most = 200;
const AtEnd = 4, NearEnd = 40, NearEdge = 700;
/** So many rows are around a message that is gone to. */
const Margin = 10;

export class Timeline extends Component {
  state = { day: null, isNewAbove: false, found: 0, menu: null };
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

  render({ conversation, self, pending, online, now, onRetry, onDiscard, onEdit, onDate, actsOf, changes,
    onChange, onTo },
    { day, isNewAbove, found, menu }) {
    if (!this.begun) this.begin();
    this.aim();
    this.fitWindow();
    const { log } = conversation;
    const { newFrom, putBackFrom, othersReadTo } = conversation;
    const view = { self, changes, newFrom, putBackFrom, readTo: othersReadTo, now };
    const drawn = rows(log, this.from, this.to, view);
    const isWhole = this.to >= conversation.last, last = drawn.findLast(row => row.item.type === 'message');
    const isEmpty = this.from <= 1 && log.items.length === 0 && pending.length === 0 && !conversation.loading;
    return html`
      <div class="scroll-box">
        <div class="scroller" ref=${this.setScroller} onScroll=${this.onScroll} tabindex="0" role="region"
          aria-label=${words.messagesIn(conversation.name)} id="messages">
          <div class="older">${this.older()}</div>
          ${isEmpty ? html`<div class="empty"><h3>${words.noMessages}</h3><p>${words.writeFirst}</p></div>` : null}
          <ol ref=${this.setContent} onKeyDown=${this.key}>
            ${drawn.map(row => html`
              <${Row} key=${row.item.seq} ...${row} who=${whoOf(row.item)} isFound=${row.item.seq === found}
                isLast=${row === last} quote=${this.quote(row.item.replyTo)} names=${namesIn(row.item, self)}
                mentioned=${row.item.mentioned?.includes(self) ?? false} onQuote=${onTo} onFold=${this.fold}
                onMore=${this.more}
                onVersions=${this.versions} onChange=${onChange} />`)}
            ${isWhole ? pending.map((sending, i) => html`
              <${PendingRow} key=${sending.key} self=${self} text=${sending.text}
                replyTo=${sending.replyTo} quote=${this.quote(sending.replyTo)} failed=${sending.failed}
                reason=${sending.reason} waits=${!online} compact=${i > 0 || this.continues(drawn, self, now)}
                onRetry=${() => onRetry(sending.key)} onDiscard=${() => onDiscard(sending.key)}
                onEdit=${() => onEdit(sending.key, sending.text)} onFold=${this.fold} />`) : null}
          </ol>
        </div>
        ${day === null && !isNewAbove ? null : html`
          <${Above} day=${day} isNewAbove=${isNewAbove} onDay=${onDate} onNew=${this.toNew} />`}
        ${menu === null ? null : html`
          <${Menu} label=${words.messageActs} acts=${actsOf(menu.item)} at=${menu.at} onClose=${this.noMenu} />`}
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
    if (this.scroller === null) return; // it is gone already
    if (this.folding) return; // the browser's doing, who does not know what is held
    const wasAtEnd = this.atEnd;
    // At the end it stays there, also when more has come that is not drawn yet.
    this.atEnd = wasAtEnd ? this.isNearEnd(NearEnd) : this.isThere();
    const top = anchorOf(this.scroller);
    this.held = this.atEnd ? null : top;
    this.tellAbove(top);
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
    this.stay();
    if (this.atEnd) this.forceUpdate();
  }

  // Once more when all is loaded that is to be seen at first.
  begin() {
    const { conversation } = this.props;
    this.begun = conversation.opened;
    /** The stretch that is shown: where another one takes its place, so does another timeline. */
    this.log = conversation.log;
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

  // What was asked for is in the window: whoever goes there leaves the end.
  aim() {
    const { log, target } = this.props.conversation;
    if (target === 0 || log.at(target) === undefined) return;
    this.atEnd = false;
    if (target >= this.from + Margin && target <= this.to - Margin) return;
    this.from = Math.max(log.after + 1, target - First / 2);
    this.to = Math.min(log.last, this.from + First);
  }

  /** @param {import('./anchor.js').Anchor|null} anchor */
  place(anchor) {
    this.put(anchor);
    this.tellAbove(anchorOf(this.scroller));
  }

  put(anchor) {
    const { scroller } = this;
    if (this.placeAtTarget()) return;
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
    this.stay();
    if (!this.atEnd) this.forceUpdate();
    return true;
  }

  // A message that nobody sees, a reaction for instance, is where the next one is.
  placeAtTarget() {
    const { scroller, props: { conversation } } = this;
    const { target, log } = conversation;
    if (target === 0 || !conversation.opened || log.at(target) === undefined || log !== this.log) return false;
    const shown = [...scroller.querySelectorAll('li[data-seq]')];
    const row = shown.find(one => Number(one.dataset.seq) >= target) ?? shown.at(-1);
    conversation.target = 0;
    if (row === undefined) return false;
    this.placed = true;
    scroller.scrollTop += row.lastElementChild.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      - scroller.clientHeight / 3;
    this.stay();
    this.setState({ found: Number(row.dataset.seq) });
    row.lastElementChild.focus({ preventScroll: true });
    return true;
  }

  quote(seq) {
    return seq === null ? null : this.props.quoteOf(seq);
  }

  itemAt(element) {
    return this.props.conversation.log.at(Number(element.closest('li').dataset.seq));
  }

  versions = ({ currentTarget }) => {
    const item = this.itemAt(currentTarget);
    if (item !== undefined) this.props.onVersions(item);
  };

  more = ({ currentTarget: at }) => {
    const item = this.itemAt(at);
    if (item !== undefined) this.setState({ menu: { item, at } });
  };

  noMenu = () => this.setState({ menu: null });

  // From the acts of one message to those of the next.
  key = event => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || event.altKey || !event.target.matches('.acts')) return;
    const all = [...this.content.querySelectorAll('.acts')];
    event.preventDefault();
    all[all.indexOf(event.target) + step]?.focus();
  };

  toNew = () => this.props.onTo(this.props.conversation.newFrom);

  tellAbove(top) {
    const { conversation, now } = this.props, { state } = this;
    const { day, isNewAbove } = aboveOf(this.scroller, conversation, top?.seq, now);
    if (day !== state.day || isNewAbove !== state.isNewAbove) this.setState({ day, isNewAbove });
  }

  // As it was before this change, which may have been drawn in part: unless it was scrolled since.
  anchor() {
    const { scroller, held } = this;
    return held !== null && held.scrollTop === scroller.scrollTop ? held : anchorOf(scroller);
  }

  // Where the reader is now is where the reader stays.
  stay() {
    this.atEnd = this.isThere();
    this.held = this.atEnd ? null : anchorOf(this.scroller);
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
    return follows(before, { sender: self, at: now });
  }
}

/** How those are called who may stand out in a message: whom it names, and oneself. */
function namesIn({ mentioned }, self) {
  const all = [self, ...mentioned ?? []];
  return [...new Set([...all, ...all.map(shownUser)])].join('\n');
}
