// The picture of a conversation, over its first letters: they are seen until it is there, and where it does not come.

import { html, Component } from '../../vendor/htm-preact.js';

const AgainMilliseconds = 30_000, MostTries = 5;

/** @param {{url: string}} props */
export function Face({ url }) {
  const source = ownAddress(url);
  return source === null ? null : html`<${Picture} key=${source} source=${source} />`;
}

class Picture extends Component {
  /** Failed, and not tried again yet. */
  state = { waits: false };
  tries = 0;

  componentWillUnmount() {
    clearTimeout(this.again);
  }

  render({ source }, { waits }) {
    return waits ? null : html`<img src=${source} alt="" decoding="async" onError=${this.failed} />`;
  }

  // It may come later.
  failed = () => {
    this.tries++;
    this.setState({ waits: true });
    if (this.tries >= MostTries) return;
    this.again = setTimeout(() => this.setState({ waits: false }), AgainMilliseconds * this.tries);
  };
}

/**
 * Of this site only: another site with pictures would learn who looks at them, and when.
 * @param {string} url @returns {string|null}
 */
function ownAddress(url) {
  try {
    const address = new URL(url, document.baseURI);
    return address.origin === location.origin ? address.href : null;
  } catch {
    return null;
  }
}
