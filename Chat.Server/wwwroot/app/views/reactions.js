// The reactions to a message: a button each, which adds one's own or takes it back, and who they are of.

import { html, Component } from '../../vendor/htm-preact.js';
import { inTone } from '../emoji/chosen.js';
import { usual } from '../emoji/emoji.js';
import { choose, toggle, whoReacted } from '../reacting.js';
import { ownIn, shownOf } from '../reactions.js';
import { words } from '../words.js';
import { numberOf, reactionWords } from './reaction-words.js';
import { Icon, Pure } from './small.js';

const HoverMilliseconds = 350, HoldMilliseconds = 450, LeaveMilliseconds = 150;
/** So many buttons are beside a message that is pointed at. */
const Beside = 3;

export class Reactions extends Pure {
  state = { asked: null };

  render({ item, wanted, problem, talk }, { asked }) {
    const { seq } = item, said = reactionWords(), shown = shownOf(item.reactions, wanted);
    const about = shown.find(one => one.key === asked?.key);
    return html`
      ${shown.length === 0 ? null : html`
        <div class="chips" role="group" aria-label=${said.reactions} onPointerOver=${this.over}
          onPointerLeave=${this.out} onPointerDown=${this.down} onPointerUp=${this.up} onPointerCancel=${this.up}
          onfocusin=${this.focus} onfocusout=${this.out} onKeyDown=${this.key} onContextMenu=${this.menu}>
          ${shown.map(({ key, count, isMine }) => html`
            <button key=${key} type="button" class=${isMine ? 'chip mine' : 'chip'} data-key=${key}
              aria-label=${said.chip(key, numberOf(count), isMine)} onClick=${this.click}
              aria-describedby=${asked?.key === key ? `who-${seq}` : null}>
              <span class="emoji">${key}</span><span>${numberOf(count)}</span></button>`)}
          <button type="button" class="chip more" aria-label=${said.add} title=${said.add}
            onClick=${event => choose(talk, seq, event.currentTarget)}><${Icon} name="smile" /></button>
          ${about === undefined ? null : html`
            <${Who} key=${about.key} id=${`who-${seq}`} at=${asked.at} emoji=${about.key}
              ask=${signal => whoReacted(talk, seq, about, signal)} onLeave=${this.hide} />`}
        </div>`}
      ${problem === null ? null : html`
        <div class="state failed"><span>${said.notSaved(problem)}</span>
          <button type="button" onClick=${() => talk.setState({ problem: null })}>${said.close}</button></div>`}`;
  }

  componentWillUnmount() {
    clearTimeout(this.waits);
  }

  click = ({ currentTarget: { dataset } }) => {
    const { item, talk } = this.props;
    if (!this.isHeld) toggle(talk, item.seq, dataset.key);
    this.isHeld = false;
  };

  // A mouse waits above a button, a finger stays on it.
  over = event => {
    const at = event.target.closest('.chip[data-key]');
    if (event.pointerType !== 'mouse') return;
    if (at !== null) this.later(HoverMilliseconds, () => this.show(at));
    else if (event.target.closest('.by-whom') !== null) clearTimeout(this.waits);
  };

  down = event => {
    const at = event.target.closest('.chip[data-key]');
    this.isHeld = false;
    if (event.pointerType === 'mouse' || at === null) return;
    this.later(HoldMilliseconds, () => {
      this.isHeld = true;
      this.show(at);
    });
  };

  up = event => {
    if (event.pointerType !== 'mouse' && !this.isHeld) clearTimeout(this.waits);
  };

  // The browser's own menu at a long press.
  menu = event => {
    if (event.pointerType !== 'mouse') event.preventDefault();
  };

  focus = event => {
    const at = event.target.closest('.chip[data-key]');
    if (at?.matches(':focus-visible')) this.show(at);
  };

  out = event => {
    if (event.pointerType !== undefined && event.pointerType !== 'mouse') return;
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    this.later(LeaveMilliseconds, this.hide);
  };

  key = event => {
    if (event.key !== 'Escape' || this.state.asked === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.hide();
  };

  later(milliseconds, act) {
    clearTimeout(this.waits);
    this.waits = setTimeout(act, milliseconds);
  }

  show(at) {
    clearTimeout(this.waits);
    if (at.isConnected && this.state.asked?.key !== at.dataset.key) {
      this.setState({ asked: { key: at.dataset.key, at } });
    }
  }

  hide = () => {
    clearTimeout(this.waits);
    this.setState({ asked: null });
  };
}

/** Who has put one reaction: asked for when it is shown. */
class Who extends Component {
  state = { who: null, failed: false };
  asking = new AbortController();

  setBox = element => {
    this.box = element;
  };

  async componentDidMount() {
    this.box.showPopover();
    this.place();
    addEventListener('scroll', this.props.onLeave, { capture: true, passive: true });
    addEventListener('pointerdown', this.pressed, { capture: true });
    try {
      this.setState({ who: await this.props.ask(this.asking.signal) });
    } catch {
      if (!this.asking.signal.aborted) this.setState({ failed: true });
    }
  }

  componentDidUpdate() {
    this.place();
  }

  componentWillUnmount() {
    this.asking.abort();
    removeEventListener('scroll', this.props.onLeave, { capture: true });
    removeEventListener('pointerdown', this.pressed, { capture: true });
  }

  render({ id, emoji }, { who, failed }) {
    const said = reactionWords();
    const text = failed ? said.notLoaded : who === null ? said.loading
      : who.names.length === 0 ? said.nobody : said.who(words.several(who.names, who.more), emoji);
    return html`
      <div class="by-whom" id=${id} role="tooltip" popover="manual" ref=${this.setBox}><bdi>${text}</bdi></div>`;
  }

  pressed = event => {
    if (!this.props.at.contains(event.target) && !this.box.contains(event.target)) this.props.onLeave();
  };

  // Above the button, within the window.
  place() {
    const { box } = this, button = this.props.at.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const left = button.left + button.width / 2 - width / 2, above = button.top - height - 4;
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    box.style.top = `${above < 8 ? button.bottom + 4 : above}px`;
  }
}

/** A few that are used most, and the way to the others, beside a message that is pointed at. */
export function Quick({ item, wanted, talk }) {
  const { seq } = item, own = ownIn(item.reactions, wanted), said = reactionWords();
  return html`
    ${inTone(usual).slice(0, Beside).map(key => html`
      <${QuickOne} key=${key} emoji=${key} isMine=${own.includes(key)} onClick=${() => toggle(talk, seq, key)} />`)}
    <button type="button" class="icon" tabindex="-1" aria-label=${said.add} title=${said.add}
      onClick=${event => choose(talk, seq, event.currentTarget)}><${Icon} name="smile" /></button>`;
}

const QuickOne = ({ emoji, isMine, onClick }) => {
  const label = (isMine ? reactionWords().takeBack : reactionWords().react)(emoji);
  return html`<button type="button" class=${isMine ? 'icon mine' : 'icon'} tabindex="-1" aria-label=${label}
    title=${label} onClick=${onClick}><span class="emoji">${emoji}</span></button>`;
};
