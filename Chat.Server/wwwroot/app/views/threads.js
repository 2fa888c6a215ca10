// The threads of a conversation, the one with the newest reply first.

import { html, Component } from '../../vendor/htm-preact.js';
import { itemOf } from '../log.js';
import { several } from '../people.js';
import { shownUser } from '../profiles.js';
import { listTime } from '../time.js';
import { oneLineOf, refusalWords, words } from '../words.js';
import { PanelHead, Said } from './panel-parts.js';

/** So many first messages are asked for, where they are not held. */
const Asked = 50;

export class Threads extends Component {
  state = { hasMore: false, error: null };

  componentDidMount() {
    this.load();
  }

  load = async () => {
    const { chat, conversation } = this.props;
    try {
      const hasMore = await chat.side.more(conversation);
      this.setState({ hasMore, error: null });
    } catch (error) {
      this.setState({ error: refusalWords(error) });
    }
  };

  render({ chat, conversation, onClose }, { hasMore, error }) {
    const all = chat.side.all(conversation), isKnown = chat.side.isKnown(conversation);
    return html`
      <${PanelHead} title=${words.threads} about=${conversation.name} onClose=${onClose} />
      <div class="panel-list">
        ${error === null ? null : html`<p class="error" role="alert">${error}</p>
          <button type="button" class="secondary" onClick=${this.load}>${words.tryAgain}</button>`}
        ${all.length > 0 ? null : html`
          <p class="hint">${isKnown ? words.noThreads : error === null ? words.loading : null}</p>`}
        <ul>${all.map((one, i) => html`
          <li key=${one.thread}>
            <button type="button" class="message-line" onClick=${() => chat.openBeside(`t/${one.thread}`)}>
              ${first(chat, conversation, one, i)}
              <span class="line"><span>${words.replies(one.replies)}: ${several(one.people)}</span>
                ${one.unread?.count > 0 ? html`<span class="badge">${words.repliesNew(one.unread.count)}</span>` : null}
              </span>
            </button></li>`)}</ul>
        ${hasMore ? html`
          <button type="button" class="secondary" onClick=${this.load}>${words.showMore}</button>` : null}
      </div>`;
  }
}

// The message that it began with, or where that is not known, the newest reply.
function first(chat, conversation, { thread, lastEntry }, at) {
  const known = at < Asked ? chat.quoteOf(conversation, thread) : conversation.quoteOf(thread);
  const item = known ?? (lastEntry === null ? null : itemOf(lastEntry));
  return item === null ? null : html`
    <${Said} sender=${shownUser(item.sender)} when=${listTime(item.at, chat.time.now())} text=${oneLineOf(item)} />`;
}
