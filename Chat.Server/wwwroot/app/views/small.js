// Small things that many views use.

import { html, Component } from '../../vendor/htm-preact.js';
import { shownName } from '../names.js';
import { initials, tone } from '../people.js';
import { shownUser } from '../profiles.js';
import { later } from './later.js';

const Face = later(() => import('./face.js').then(file => file.Face));

const paths = {
  add: 'M12 5v14M5 12h14',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 21h4',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h10v11H9zM6 15H5V4h10v1',
  down: 'M12 5v14M6 13l6 6 6-6',
  muted: 'M4 4l16 16M17 17.500H4.500L6 16V11c0-1 .2-1.900 .7-2.700M9.300 5.600A6 6 0 0 1 18 11v3M10 21h4',
  more: 'M5 11.500v1M12 11.500v1M19 11.500v1',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  people: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0'
    + 'M16 4.500a3.500 3.500 0 0 1 0 6.200M18 14.300a6.500 6.500 0 0 1 3.500 5.700',
  send: 'M4.500 12h14M12.500 6l6 6-6 6',
  sent: 'M5 12.500l4.500 4.500L19 7.500',
  read: 'M2.500 12.500L7 17l9.500-9.500M11.500 15.500L13 17l9-9.500',
  up: 'M12 19V5M6 11l6-6 6 6',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1.500 2.500 5.500 2.500 7 0M9 9.500v.5M15 9.500v.5',
  thread: 'M5 5h14v10H11l-4 4v-4H5zM9 9h6M9 12h4',
  unlocked: 'M6 11h12v9H6zM9 11V7.500a3.500 3.500 0 0 1 6.800-1.100',
  waiting: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
};

/** A picture that says nothing by itself: what it stands for is said in text beside it. */
export const Icon = ({ name, className }) => html`
  <svg class=${`stroke ${className ?? ''}`} viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;

/**
 * @param {{name: string, url?: string|null, online?: boolean|null, small?: boolean, square?: boolean}} properties
 *   url: of a picture, until which the first letters are there; online null: no dot.
 */
export const Avatar = ({ name, url = null, online = null, small = false, square = false }) => html`
  <span class=${`avatar ${tone(name)}${small ? ' small' : ''}${square ? ' square' : ''}`} aria-hidden="true">
    ${initials(square ? shownName(name) : shownUser(name))}
    ${url === null ? null : html`<${Face} url=${url} />`}
    ${online === null ? null : html`<i class=${`presence${online ? ' online' : ''}`}></i>`}
  </span>`;

/** Whether a key goes to an input method, which writes with it: Safari says so after the composition has ended. */
export const isComposing = event => event.isComposing || event.keyCode === 229;

/** Puts a text where it can be pasted. @param {string} text @returns {Promise<boolean>} whether it is there */
export const copied = text => import('../clipboard.js').then(file => file.copy(text), () => false);

/** Draws again only when a property changed. */
export class Pure extends Component {
  shouldComponentUpdate(next, state) {
    return state !== this.state || differs(this.props, next);
  }
}

/** Whether a property of one is not that of the other. */
export function differs(a, b) {
  for (const name in b) if (name !== 'children' && a[name] !== b[name]) return true;
  for (const name in a) if (!(name in b)) return true;
  return false;
}
