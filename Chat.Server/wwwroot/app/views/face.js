// The picture of a conversation, over its first letters: they are seen until it is there, and where it does not come.

import { html, Component } from '../../vendor/htm-preact.js';

const AgainMilliseconds = 30_000, MostTries = 5;

export class Face extends Component {
  /** How often it was tried in vain, and whether it is waited for the next time. */
  state = { tries: 0, waits: false };

  componentDidUpdate({ url }) {
    if (url !== this.props.url) this.setState({ tries: 0, waits: false });
  }

  componentWillUnmount() {
    clearTimeout(this.again);
  }

  render({ url }, { tries, waits }) {
    const source = ownAddress(url);
    return source === null || waits ? null : html`
      <img key=${`${source} ${tries}`} src=${source} alt="" decoding="async" onError=${this.failed} />`;
  }

  // It may come later.
  failed = () => {
    const tries = this.state.tries + 1;
    this.setState({ tries, waits: true });
    clearTimeout(this.again);
    if (tries < MostTries) this.again = setTimeout(() => this.setState({ waits: false }), AgainMilliseconds * tries);
  };
}

/**
 * Of this site only: whoever keeps pictures elsewhere would learn who looks at them, and when.
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
