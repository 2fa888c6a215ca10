// What can be done with a message: a menu at the button that opened it.

import { html, Component } from '../../vendor/htm-preact.js';

const Margin = 8;

/**
 * @typedef {{name: string, label: string, isGrave?: boolean, emoji?: string, isMine?: boolean, act: () => void}} Act
 */

export class Menu extends Component {
  setMenu = element => {
    this.menu = element;
  };

  componentDidMount() {
    const { menu, props: { at } } = this;
    menu.showPopover();
    const button = at.getBoundingClientRect(), { width, height } = menu.getBoundingClientRect();
    const isRightToLeft = getComputedStyle(at).direction === 'rtl';
    const wantedLeft = isRightToLeft ? button.left : button.right - width;
    const wantedTop = button.bottom + height + Margin > innerHeight ? button.top - height : button.bottom;
    menu.style.left = `${Math.max(Margin, Math.min(wantedLeft, innerWidth - width - Margin))}px`;
    menu.style.top = `${Math.max(Margin, wantedTop)}px`;
    menu.querySelector('button:not(.icon)')?.focus();
  }

  /** With `quick`, a row of emoji above. */
  render({ label, acts, quick = [] }) {
    return html`
      <div class="menu" role="menu" popover="auto" aria-label=${label} ref=${this.setMenu} onToggle=${this.toggled}
        onKeyDown=${this.key}>
        ${quick.length === 0 ? null : html`<div class="quick" role="group">${quick.map(act => html`
          <button key=${act.name} type="button" role="menuitem" tabindex="-1" class=${act.isMine ? 'icon mine' : 'icon'}
            aria-label=${act.label} onClick=${() => this.choose(act)}><span class="emoji">${act.emoji}</span>
          </button>`)}</div>`}
        ${acts.map(act => html`
          <button key=${act.name} type="button" role="menuitem" tabindex="-1" class=${act.isGrave ? 'grave' : null}
            onClick=${() => this.choose(act)}>${act.label}</button>`)}
      </div>`;
  }

  choose(act) {
    this.menu.hidePopover();
    act.act();
  }

  toggled = event => {
    if (event.newState === 'closed') this.props.onClose();
  };

  key = event => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.menu.hidePopover();
      this.props.at.focus();
    } else if (step !== undefined) {
      const all = [...this.menu.querySelectorAll('button')], at = all.indexOf(document.activeElement);
      const next = step === 1 ? (at + 1) % all.length : step === -1 ? (at - 1 + all.length) % all.length
        : step < 0 ? 0 : all.length - 1;
      all[next].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
