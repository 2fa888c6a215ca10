// The choice of an emoji: a search, what was used last, and all there are, by group. The letters are the system's.

import { html, Component } from '../../vendor/htm-preact.js';
import { recent, setTone, tone, use } from '../emoji/chosen.js';
import { emojiIn, found, toned, tones } from '../emoji/emoji.js';
import { set } from '../emoji/set.js';
import { language } from '../language.js';
import { reactionWords } from './reaction-words.js';
import { isComposing } from './small.js';

const Margin = 8;
/** On a narrow screen it is at its lower edge. */
const Phone = matchMedia('(max-width: 680px)');
/** Where there are no keys the keyboard of the screen would cover it. */
const HasKeys = matchMedia('(hover: hover)');

const Faces = {
  recent: '🕘', smileys: '😀', people: '👋', nature: '🐻', food: '🍔', places: '🚗', activities: '⚽', objects: '💡',
  symbols: '✅',
};

/** Names of emoji, by language. @type {Map<string, import('../emoji/emoji.js').Emoji[]>} */
const named = new Map();

/** Loads what is needed to show it. */
export async function ready() {
  const wanted = language();
  const { names } = await import(`../emoji/${wanted}.js`);
  if (!named.has(wanted)) named.set(wanted, emojiIn(names));
}

/** @extends {Component<{at: Element, own: string[], onChoose: (emoji: string) => void, onClose: () => void}>} */
export class Picker extends Component {
  state = { typed: '', tone: tone(), recent: recent() };

  setBox = element => {
    this.box = element;
  };

  // What is drawn around it changes nothing of it.
  shouldComponentUpdate(_, state) {
    return state !== this.state;
  }

  componentDidMount() {
    const { box, props: { at } } = this;
    box.showPopover();
    if (!Phone.matches) place(box, at);
    (HasKeys.matches ? box.querySelector('input') : box.querySelector('.emojis button'))?.focus();
  }

  render({ own }, { typed, tone, recent }) {
    const said = reactionWords(), all = named.get(language()) ?? [], isSearch = typed.trim() !== '';
    const groups = isSearch ? { found: found(all, typed) } : { recent: lastUsed(all, recent), ...byGroup(all) };
    const shown = Object.entries(groups).filter(([, some]) => some.length > 0);
    let isFirst = true;
    const button = ({ plain, hasTones, name, chosen }) => {
      const emoji = chosen ?? (hasTones ? toned(plain, tone) : plain), stop = isFirst ? 0 : -1;
      isFirst = false;
      return html`<button key=${emoji} type="button" class=${own.includes(emoji) ? 'emoji mine' : 'emoji'}
        tabindex=${stop} data-emoji=${emoji} title=${name} aria-label=${name}
        aria-pressed=${own.includes(emoji) ? 'true' : null}>${emoji}</button>`;
    };
    return html`
      <div class="picker" popover="auto" role="dialog" aria-label=${said.add} ref=${this.setBox}
        onToggle=${this.toggled} onKeyDown=${this.key}>
        <input type="search" value=${typed} placeholder=${said.find} aria-label=${said.find} autocomplete="off"
          spellcheck="false" onInput=${this.type} />
        ${isSearch ? null : html`
          <div class="groups" role="group" aria-label=${said.goTo}>${shown.map(([group]) => html`
            <button key=${group} type="button" class="icon" title=${said.groups[group]} data-group=${group}
              aria-label=${said.groups[group]} onClick=${this.goTo}><span class="emoji">${Faces[group]}</span>
            </button>`)}</div>`}
        <div class="emojis" onClick=${this.click}>
          ${shown.map(([group, some]) => html`
            <section key=${group} data-group=${group} aria-label=${said.groups[group]}>
              <h3>${said.groups[group]}</h3><div>${some.map(button)}</div></section>`)}
          ${shown.length === 0 ? html`<p class="hint">${said.none}</p>` : null}
        </div>
        <fieldset class="tones"><legend class="hidden-text">${said.tone}</legend>
          ${tones.map((one, i) => html`
            <label key=${i} title=${`${said.tone}: ${said.tones[i]}`}>
              <input type="radio" name="tone" class="hidden-text" checked=${i === tone} aria-label=${said.tones[i]}
                onChange=${() => this.setTone(i)} /><span class="emoji" aria-hidden="true">${`✋${one}`}</span>
            </label>`)}</fieldset>
      </div>`;
  }

  type = event => {
    this.setState({ typed: event.currentTarget.value });
    this.box.querySelector('.emojis').scrollTop = 0;
  };

  setTone(chosen) {
    setTone(chosen);
    this.setState({ tone: chosen });
  }

  goTo = ({ currentTarget: { dataset } }) => {
    const section = this.box.querySelector(`section[data-group="${dataset.group}"]`);
    section.scrollIntoView({ block: 'start' });
    if (HasKeys.matches) section.querySelector('button').focus({ preventScroll: true });
  };

  click = event => {
    const emoji = event.target.closest('button')?.dataset.emoji;
    if (emoji !== undefined) this.choose(emoji);
  };

  choose(emoji) {
    const { own, at, onChoose } = this.props;
    if (!own.includes(emoji)) use(emoji);
    this.box.hidePopover();
    onChoose(emoji);
    if (at.isConnected) at.focus();
  }

  toggled = event => {
    if (event.newState === 'closed') this.props.onClose();
  };

  key = event => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event, isSearch = target.type === 'search', isEmoji = target.dataset.emoji !== undefined;
    const first = this.box.querySelector('.emojis button');
    if (event.key === 'Escape') {
      this.box.hidePopover();
      this.props.at.focus();
    } else if (isSearch && event.key === 'Enter' && this.state.typed.trim() !== '') {
      if (first !== null) this.choose(first.dataset.emoji);
    } else if (isSearch && event.key === 'ArrowDown') first?.focus();
    else if (isEmoji && nextOf(event, this.box) !== null) nextOf(event, this.box).focus();
    else if (isEmoji && event.key.length === 1 && event.key !== ' ') return this.box.querySelector('input').focus();
    else return event.stopPropagation(); // what is written here is no command
    event.preventDefault();
    event.stopPropagation();
  };
}

const byGroup = all =>
  Object.fromEntries(Object.keys(set).map(group => [group, all.filter(one => one.group === group)]));

// As they were chosen, in their tone.
function lastUsed(all, recent) {
  const names = new Map(all.flatMap(({ plain, hasTones, name }) =>
    (hasTones ? tones.map((_, i) => [toned(plain, i), name]) : [[plain, name]])));
  return recent.filter(one => names.has(one)).map(one => ({ plain: one, chosen: one, name: names.get(one) }));
}

/** Where a key leads from an emoji: the next one, the one above or below, the field above the first. */
function nextOf({ key, target }, box) {
  const all = [...box.querySelectorAll('.emojis button')], at = all.indexOf(target);
  const isRightToLeft = getComputedStyle(box).direction === 'rtl';
  const aside = { ArrowRight: 1, ArrowLeft: -1 }[key] * (isRightToLeft ? -1 : 1);
  if (aside === 1 || aside === -1) return all[at + aside] ?? null;
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  // Rows have as many as fit, and groups begin a row of their own.
  const here = target.getBoundingClientRect(), isDown = key === 'ArrowDown';
  const candidates = isDown ? all.slice(at + 1) : all.slice(0, at).reverse();
  let best = null, row = null;
  for (const one of candidates) {
    const { top, left } = one.getBoundingClientRect();
    if (Math.abs(top - here.top) < 1) continue;
    row ??= top;
    if (Math.abs(top - row) >= 1) break;
    if (best === null || Math.abs(left - here.left) < Math.abs(best.left - here.left)) best = { one, left };
  }
  return best?.one ?? (isDown ? null : box.querySelector('input'));
}

function place(box, at) {
  const button = at.getBoundingClientRect(), { width, height } = box.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(at).direction === 'rtl';
  const left = isRightToLeft ? button.left : button.right - width;
  const top = button.bottom + height + Margin > innerHeight ? button.top - height : button.bottom;
  box.style.left = `${Math.max(Margin, Math.min(left, innerWidth - width - Margin))}px`;
  box.style.top = `${Math.max(Margin, Math.min(top, innerHeight - height - Margin))}px`;
}
