// The messages that name the user, in all conversations, the newest first.

import { html, Component } from '../../vendor/htm-preact.js';
import { itemOf } from '../log.js';
import { shownUser } from '../profiles.js';
import { listTime } from '../time.js';
import { oneLineOf, refusalWords, words } from '../words.js';
import { Dialog, Done, Failure } from './dialogs.js';
import { Said } from './panel-parts.js';

const Page = 50;

export class Mentions extends Component {
  state = { mentions: null, hasMore: false, error: null };

  componentDidMount() {
    this.load();
  }

  load = async () => {
    const { mentions } = this.state;
    try {
      const page = await this.props.chat.side.mentions(mentions?.at(-1)?.cursor);
      this.setState({ mentions: [...mentions ?? [], ...page], hasMore: page.length === Page, error: null });
    } catch (error) {
      this.setState({ error: refusalWords(error) });
    }
  };

  render({ chat, onClose }, { mentions, hasMore, error }) {
    return html`
      <${Dialog} title=${words.mentions} onClose=${onClose}>
        <${Failure} error=${error} />
        ${mentions === null ? error === null ? html`<p class="hint">${words.loading}</p>` : null
          : mentions.length === 0 ? html`<p class="hint">${words.noMentions}</p>` : null}
        <ul class="mentions">${mentions?.map(one => html`
          <li key=${one.cursor}><a href=${addressOf(one)} onClick=${onClose}>${line(chat, one)}</a></li>`)}</ul>
        ${hasMore ? html`
          <button type="button" class="secondary" onClick=${this.load}>${words.showMore}</button>` : null}
        <${Done} onClose=${onClose} />
      <//>`;
  }
}

function addressOf({ conversationId, sequence, thread, entry }) {
  const isInThread = thread !== null && !entry?.alsoInConversation;
  return `#/c/${conversationId}/${isInThread ? `t/${thread}/` : ''}${sequence}`;
}

function line(chat, { conversationId, entry, createdAt, sequence }) {
  const conversation = chat.conversations.get(conversationId), when = listTime(Date.parse(createdAt), chat.time.now());
  // What is held is changed with every edit; the inbox is as it was when loaded.
  const item = conversation?.quoteOf(sequence) ?? (entry === null ? null : itemOf(entry));
  return html`
    <${Said} sender=${item === null ? '' : shownUser(item.sender)} when=${when}
      text=${item === null ? '' : oneLineOf(item)}>
      <span class="hint" dir="auto">${conversation?.name ?? ''}</span><//>`;
}
