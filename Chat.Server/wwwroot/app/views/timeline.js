// The messages of a conversation or a thread: a window of rows over its log, which follows the end or stays where the
// reader is.

import { html, Component } from '../../vendor/htm-preact.js';
import { All } from '../people.js';
import { shownUser } from '../profiles.js';
import { follows, rows } from '../timeline.js';
import { words } from '../words.js';
import { aboveOf, anchorOf, moveOf } from './anchor.js';
import { PendingRow, Row, whoOf } from './row.js';
import { later } from './later.js';
import { Icon, differs } from './small.js';

const Above = later(() => import('./above.js').then(file => file.Above));
const Acts = later(() => import('./acts.js').then(file => file.Acts));

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
  /** The rows as they were drawn last, by sequence. @type {Map<number, any>} */
  rows = new Map();
  /** Whether a message is being opened or closed. */
  folding = false;

  get atEnd() {
    return this.props.stream.atEnd;
  }

  set atEnd(value) {
    this.props.stream.atEnd = value;
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
    this.arrive();
    this.tellSeen();
  }

  /** Shows the newest messages. */
  toEnd = () => {
    const { chat, stream, talk } = this.props;
    this.atEnd = true;
    this.from = this.to = stream.log.last;
    if (stream.log.last < stream.last) chat.reading.newest(stream);
    this.forceUpdate();
    talk.write();
  };

  render({ chat, stream, talk, label, pending, changes, onAsk }, { day, isNewAbove, menu }) {
    if (!this.begun) this.begin();
    this.aim();
    this.fitWindow();
    const { log, newFrom, putBackFrom, othersReadTo: readTo } = stream, { self } = chat, now = chat.time.now();
    const drawn = rows(log, this.from, this.to, { self, changes, newFrom, putBackFrom, readTo, now });
    const isWhole = this.to >= stream.last, last = drawn.findLast(row => row.item.type === 'message');
    this.rows = new Map(drawn.map(row => [row.item.seq, this.row(row, row === last)]));
    const isEmpty = log.whole && log.items.length === 0 && pending.length === 0 && !stream.loading;
    return html`
      <div class="scroll-box">
        <div class="scroller" ref=${this.setScroller} onScroll=${this.onScroll} tabindex="0" role="region"
          aria-label=${label} id=${`${stream.prefix}messages`}>
          <div class="older">${this.older()}</div>
          ${isEmpty ? html`<div class="empty"><h3>${words.noMessages}</h3><p>${words.writeFirst}</p></div>` : null}
          <ol ref=${this.setContent} onKeyDown=${this.key}>
            ${[...this.rows.values()]}
            ${isWhole ? pending.map((sending, i) => html`
              <${PendingRow} key=${sending.key} self=${self} ...${sending} quote=${this.quote(sending.replyTo)}
                waits=${!chat.online} compact=${i > 0 || follows(drawn.at(-1)?.item, { sender: self, at: now })}
                onRetry=${() => chat.retry(sending.key)} onDiscard=${() => chat.discard(sending.key)}
                onEdit=${() => talk.edit(sending)} onFold=${this.fold} />`) : null}
          </ol>
        </div>
        ${day === null && !isNewAbove ? null : html`
          <${Above} day=${day} isNewAbove=${isNewAbove} onDay=${() => onAsk('date')} onNew=${this.toNew} />`}
        ${menu === null ? null : html`
          <${Acts} talk=${talk} item=${menu.item} at=${menu.at} onClose=${this.noMenu} />`}
        ${this.atEnd && isWhole ? null : html`
          <button type="button" class="jump" onClick=${this.toEnd}>
            ${stream.unread > 0 ? words.newCount(stream.unread) : words.newest}
            <${Icon} name="down" /></button>`}
      </div>`;
  }

  // A row of which nothing changed is the same one as before, which Preact passes over. Its element is made here: where
  // rows above are gone, Preact takes the elements of components that it passes over out of the page and puts them in
  // again, all of them, and the browser lays all of them out.
  row(row, isLast) {
    const { chat: { self }, stream, talk, reacting, problem } = this.props, { item } = row, { seq } = item;
    const answers = stream.answered(item), thread = talk.threadOf(item), known = this.rows.get(seq);
    const facts = {
      ...row, isLast, answers, thread, talk, timeline: this, who: whoOf(item), isFound: seq === this.state.found,
      quote: this.quote(answers), names: namesIn(item, self), mentioned: isNamed(item, self),
      wanted: reacting.get(seq) ?? null, problem: problem?.seq === seq ? problem.text : null,
    };
    if (known && !differs(known.props.children.props, facts)) return known;
    return html`
      <li key=${seq} data-seq=${seq} data-sender=${item.sender}
        class=${item.replies && thread === null ? 'first' : null}><${Row} ...${facts} /></li>`;
  }

  older() {
    const { chat, stream } = this.props, { log } = stream;
    if (log.whole && log.count(log.begin, this.from - 1) === 0) return null;
    if (stream.failed) {
      return html`<button type="button" class="secondary"
        onClick=${() => chat.reading.older(stream)}>${words.olderFailed}</button>`;
    }
    return stream.loading ? words.olderLoading : null;
  }

  onScroll = () => {
    if (this.scroller === null) return; // it is gone already
    if (this.folding) return; // the browser's doing, who does not know what is held
    const wasAtEnd = this.atEnd;
    // At the end it stays there, also when more has come that is not drawn yet, or what is there has grown just now.
    this.atEnd = wasAtEnd ? this.scroller.scrollTop >= this.room || this.isNearEnd(NearEnd) : this.isThere();
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
    const { stream } = this.props;
    this.begun = stream.opened;
    /** The stretch that is shown: where another one takes its place, so does another timeline. */
    this.log = stream.log;
    this.to = stream.log.last;
    const wanted = this.log.step(this.to + 1, -First);
    this.from = stream.newFrom > 0 ? Math.min(wanted, this.log.step(stream.newFrom, -10)) : wanted;
  }

  fitWindow() {
    const { log } = this.props.stream;
    if (this.atEnd) {
      // As many rows go as come, once there are enough above.
      if (this.room > 2 * NearEdge) this.from = log.step(this.from, log.count(this.to + 1, log.last));
      this.to = log.last;
      const most = log.step(this.to + 1, -Most), least = log.step(this.to + 1, -First);
      this.from = Math.max(most, Math.min(this.from, least));
    }
    this.from = Math.max(log.after + 1, this.from);
    this.to = Math.min(this.to, log.last);
  }

  // Near an edge of the window: moves it on, and asks for messages when there are none left.
  fill() {
    const { scroller, from, to, props: { chat: { reading }, stream } } = this;
    const { log } = stream;
    if (scroller.scrollTop < NearEdge && this.placed) {
      if (this.from > log.after + 1) {
        this.from = log.step(this.from, -Step);
        if (log.count(this.from, this.to) > Most) {
          if (this.atEnd) this.from = log.step(this.to + 1, -Most);
          else this.to = log.step(this.from, Most - 1);
        }
      }
      const isNear = log.count(log.after, this.from - 1) < Step;
      if (isNear && !log.whole && !stream.loading && !stream.failed) reading.older(stream);
    } else if (!this.atEnd && this.isNearEnd(NearEdge)) {
      if (this.to < log.last) {
        this.to = log.step(this.to + 1, Step);
        this.from = Math.max(this.from, log.step(this.to + 1, -Most));
      } else if (log.last < stream.last && !stream.failed) reading.newer(stream);
    }
    if (from === this.from && to === this.to) return false;
    this.forceUpdate();
    return true;
  }

  // What was asked for is in the window: to go there is to leave the end.
  aim() {
    const { log, target } = this.props.stream;
    if (!this.isAimed()) return;
    this.atEnd = false;
    if (target >= log.step(this.from, Margin) && target <= log.step(this.to, -Margin)) return;
    this.from = log.step(target, -First / 2);
    this.to = log.step(this.from, First);
  }

  /** @param {import('./anchor.js').Anchor|null} anchor */
  place(anchor) {
    this.put(anchor);
    this.tellAbove(anchorOf(this.scroller));
  }

  put(anchor) {
    const { scroller } = this;
    if (this.placeAtTarget()) return;
    if (!this.placed && this.props.stream.opened) {
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
    const { scroller, props: { stream } } = this;
    const { target, log } = stream;
    if (target === 0 || !stream.opened || !log.covers(target) || log !== this.log) return false;
    const shown = [...scroller.querySelectorAll('li[data-seq]')];
    const row = shown.find(one => Number(one.dataset.seq) >= target) ?? shown.at(-1);
    stream.target = 0;
    if (row === undefined) return false;
    this.placed = true;
    scroller.scrollTop += row.lastElementChild.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      - scroller.clientHeight / 3;
    this.stay();
    this.setState({ found: Number(row.dataset.seq) });
    // Where a thread is open, that is what is read.
    if (!this.props.isBehind) row.lastElementChild.focus({ preventScroll: true });
    return true;
  }

  quote(seq) {
    return seq === null ? null : this.props.quoteOf(seq);
  }

  itemAt(element) {
    return this.props.stream.log.at(Number(element.closest('li').dataset.seq));
  }

  versions = ({ currentTarget }) => {
    const item = this.itemAt(currentTarget);
    if (item !== undefined) this.props.onAsk('versions', item);
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

  toNew = () => this.props.talk.goTo(this.props.stream.newFrom);

  tellAbove(top) {
    const { chat, stream } = this.props, { state } = this;
    const { day, isNewAbove } = aboveOf(this.scroller, stream, top?.seq, chat.time.now());
    if (day !== state.day || isNewAbove !== state.isNewAbove) this.setState({ day, isNewAbove });
  }

  // As it was before this change, which may have been drawn in part: unless it was scrolled since.
  anchor() {
    const { scroller, held } = this;
    return held !== null && held.scrollTop === scroller.scrollTop ? held : anchorOf(scroller);
  }

  // Where the reader is now is where the reader stays.
  stay() {
    const { scroller } = this;
    this.atEnd = this.isThere();
    this.held = this.atEnd ? null : anchorOf(scroller);
    if (this.atEnd) this.room = scroller.scrollTop;
  }

  isAimed() {
    const { log, target } = this.props.stream;
    return target !== 0 && log.covers(target);
  }

  // There is nothing further on: who went to a message is at the end. Not while aim() still goes to it: that leaves the
  // end, and the two would undo each other and draw again, for ever.
  arrive() {
    if (this.atEnd || !this.placed || this.folding || this.isAimed() || !this.isThere()) return;
    this.stay();
    this.forceUpdate();
  }

  // Nobody is taken to the end who has not come there.
  isThere() {
    return this.to >= this.props.stream.last && this.isNearEnd(AtEnd);
  }

  isNearEnd(pixels) {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < pixels;
  }

  tellSeen() {
    const { chat, stream } = this.props;
    if (this.atEnd && this.placed && stream.log.last >= stream.last) chat.seen(stream);
  }
}

/** Whether a message is for the reader in particular. */
const isNamed = ({ mentioned, forAll, sender }, self) =>
  (mentioned?.includes(self) ?? false) || (forAll && sender !== self);

/** How those are called who may stand out in a message: whom it names, and oneself. */
function namesIn({ mentioned, forAll }, self) {
  const all = [self, ...mentioned ?? [], ...forAll ? All : []];
  return [...new Set([...all, ...all.map(shownUser)])].join('\n');
}
