// The pinned messages of a conversation, the one that was pinned last first.

import { may } from '../../sdk/chat-client.js';
import { html, Component } from '../../vendor/htm-preact.js';
import { itemOf } from '../log.js';
import { shownUser } from '../profiles.js';
import { listTime } from '../time.js';
import { oneLineOf, refusalWords, words } from '../words.js';
import { PanelHead, Said } from './panel-parts.js';
import { Icon } from './small.js';

export class Pins extends Component {
  state = { pins: null, error: null };
  version = this.props.chat.side.pinsVersion;

  componentDidMount() {
    this.load();
  }

  componentDidUpdate() {
    const { pinsVersion } = this.props.chat.side;
    if (this.version === pinsVersion) return;
    this.version = pinsVersion;
    this.load();
  }

  // One after the other: what changes while it is loaded is loaded once more.
  load = async () => {
    const { chat, conversation } = this.props, { version } = this;
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      this.setState({ pins: await chat.client.pins(conversation.id), error: null });
    } catch (error) {
      this.setState({ error: refusalWords(error) });
    }
    this.isLoading = false;
    if (version !== this.version) this.load();
  };

  render({ chat, conversation, onClose }, { pins, error }) {
    const mayPin = conversation.isOpen && may('pin', conversation.kind, chat.roleIn(conversation));
    return html`
      <${PanelHead} title=${words.pins} about=${conversation.name} onClose=${onClose} />
      <div class="panel-list">
        ${error === null ? null : html`<p class="error" role="alert">${error}</p>
          <button type="button" class="secondary" onClick=${this.load}>${words.tryAgain}</button>`}
        ${pins === null ? error === null ? html`<p class="hint">${words.loading}</p>` : null
          : pins.length === 0 ? html`<p class="hint">${words.noPins}</p>` : null}
        <ul>${pins?.map(pin => html`
          <li key=${pin.sequence}>
            <button type="button" class="message-line" onClick=${() => this.go(pin)}>
              <${Pinned} chat=${chat} conversation=${conversation} pin=${pin} /></button>
            ${mayPin ? html`
              <button type="button" class="icon" aria-label=${words.unpin} title=${words.unpin}
                onClick=${() => chat.side.pin(conversation, pin.sequence, false)}><${Icon} name="close" /></button>`
              : null}
          </li>`)}</ul>
      </div>`;
  }

  go({ sequence, entry }) {
    const { chat } = this.props, isInMain = entry?.thread == null || entry.alsoInConversation;
    chat.openBeside(isInMain ? `${sequence}` : `t/${entry.thread}/${sequence}`);
  }
}

// What is held is changed with every edit; a pin has what the message said when the list was loaded.
function Pinned({ chat, conversation, pin }) {
  const item = conversation.itemAt(pin.sequence) ?? (pin.entry === null ? null : itemOf(pin.entry));
  const now = chat.time.now();
  if (item === null) return words.noQuoted;
  return html`
    <${Said} sender=${shownUser(item.sender)} when=${listTime(item.at, now)} text=${oneLineOf(item)}>
      <span class="hint">
        ${words.pinnedBy(shownUser(pin.pinnedBy), listTime(Date.parse(pin.pinnedAt), now))}</span>
    <//>`;
}
