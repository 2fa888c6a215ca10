// A thread: the message that it began with, the replies, and where one writes a further one.

import { html, Component } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { PanelHead } from './panel-parts.js';
import { Icon } from './small.js';
import { Talk } from './talk.js';

export class ThreadView extends Component {
  state = { isAlso: false };

  render({ chat, conversation, beside, focus, onAsk, onClose }, { isAlso }) {
    const stream = conversation.side, known = chat.side.of(conversation, beside.thread);
    const isFollowing = known?.isFollowing ?? false;
    return html`
      <${PanelHead} title=${words.thread} about=${conversation.name} onClose=${onClose}>
        ${known === undefined || conversation.closed ? null : html`
          <button type="button" class="secondary follow" title=${isFollowing ? words.unfollowTip : words.followTip}
            onClick=${() => chat.side.follow(conversation, beside.thread, !isFollowing)}>
            <${Icon} name=${isFollowing ? 'muted' : 'bell'} />
            <span>${isFollowing ? words.unfollow : words.follow}</span></button>`}
        <button type="button" class="icon" aria-label=${words.threads} title=${words.threads}
          onClick=${() => chat.openBeside('threads')}><${Icon} name="thread" /></button>
      <//>
      ${stream?.thread !== beside.thread ? null : html`
        <${Talk} ref=${this.setTalk} chat=${chat} conversation=${conversation} stream=${stream} focus=${focus}
          label=${words.messagesInThread} writeLabel=${words.replyInThread} onAsk=${onAsk} isAlso=${this.takeAlso}
          below=${!conversation.isOpen ? null : html`
            <label class="also"><input type="checkbox" checked=${isAlso} onChange=${this.also} />
              <span>${words.alsoInConversation}</span></label>`} />`}`;
  }

  setTalk = talk => {
    this.talk = talk;
  };

  also = ({ currentTarget }) => this.setState({ isAlso: currentTarget.checked });

  /** For one reply: the next one is of the thread alone again. */
  takeAlso = () => {
    const { isAlso } = this.state;
    if (isAlso) this.setState({ isAlso: false });
    return isAlso;
  };
}
