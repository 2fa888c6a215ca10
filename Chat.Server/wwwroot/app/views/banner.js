// How things stand with the server, when there is something to say. Seen here, and read out once.

import { html, Component } from '../../vendor/htm-preact.js';
import { words as texts } from '../words.js';

export class Banner extends Component {
  isBad = false;
  isRefused = false;

  componentDidMount() {
    this.tell();
  }

  componentDidUpdate() {
    this.tell();
  }

  render({ kind, words, nextAttemptAt, onTry }) {
    const seconds = nextAttemptAt === null ? 0 : Math.ceil((nextAttemptAt - Date.now()) / 1_000);
    return html`<div class=${`banner ${words?.tone ?? ''}`} data-connection=${kind}>${words === null ? null : html`
      <span>${words.text}${words.tone === 'bad' && seconds > 0 ? ` ${texts.nextAttempt(seconds)}` : null}</span>
      ${words.tone === 'bad' ? html`<button type="button" onClick=${onTry}>${texts.tryNow}</button>` : null}`}</div>`;
  }

  // From one attempt to the next it is the same trouble; a refusal is another one.
  tell() {
    const { kind, words, onSay } = this.props;
    const isBad = words?.tone === 'bad', isRefused = isBad && kind === 'failed';
    if (isBad && !this.isBad || isRefused && !this.isRefused) onSay(words.text);
    else if (words === null && this.isBad) onSay(texts.connectedAgain);
    this.isBad = words === null ? false : this.isBad || isBad;
    this.isRefused = isRefused;
  }
}
