// The conversation that is open: its head, and what is written there.

import { html, Component } from '../../vendor/htm-preact.js';
import { several } from '../people.js';
import { lastSeen } from '../time.js';
import { seenWords, words } from '../words.js';
import { later } from './later.js';
import { Avatar, Icon } from './small.js';
import { Talk } from './talk.js';

const HeadMenu = later(() => import('./head-menu.js').then(file => file.HeadMenu));

export class ConversationView extends Component {
  state = { menu: null };

  render({ chat, conversation, people, focus, onPeople, onAsk }, { menu }) {
    const typists = conversation.typists, unread = chat.side?.unread(conversation) ?? 0;
    const mute = conversation.muted ? words.unmute : words.mute;
    return html`
      <header class="head">
        <a class="icon back" href="#/" aria-label=${words.backLabel} title=${words.backToList}>
          <${Icon} name="back" /></a>
        <${Avatar} name=${conversation.peer ?? conversation.name} square=${!conversation.direct}
          url=${conversation.avatarUrl} online=${chat.isOnline(conversation.peer)} />
        <div class="who"><h2 title=${conversation.name}><bdi>${conversation.name}</bdi></h2>
          <p class="about" dir="auto" title=${conversation.topic}>
            ${conversation.topic === null ? null : html`<bdi>${conversation.topic}</bdi> · `}
            ${this.about(chat, conversation)}</p></div>
        ${unread === 0 ? null : html`
          <a class="icon threads" href=${`#/c/${conversation.id}/threads`} title=${words.newReplies}>
            <${Icon} name="thread" /><span class="badge">${unread > 99 ? '99+' : unread}</span>
            <span class="hidden-text">${words.newReplies}</span></a>`}
        ${conversation.closed ? null : html`
          <button type="button" class="icon mute" title=${conversation.muted ? words.unmuteTip : words.muteTip}
            onClick=${() => chat.setMuted(conversation)}><${Icon} name=${conversation.muted ? 'muted' : 'bell'} />
            <span class="hidden-text">${mute}</span></button>`}
        <button type="button" class="icon" aria-label=${words.people} title=${words.people}
          aria-expanded=${people ? 'true' : 'false'} onClick=${onPeople}><${Icon} name="people" /></button>
        <button type="button" class="icon" aria-label=${words.more} title=${words.more} aria-haspopup="menu"
          onClick=${this.more}><${Icon} name="more" className="bold" /></button>
      </header>
      <${Talk} ref=${this.setTalk} chat=${chat} conversation=${conversation} focus=${focus}
        label=${words.messagesIn(conversation.name)} writeLabel=${words.messageTo(conversation.name)} onAsk=${onAsk}>
        <div class="typists">${typists.length === 0 ? null : html`
          <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
          ${words.typing(several(typists), typists.length)}`}</div>
        ${conversation.closed ? html`<p class="hint">${words.closed}</p>` : null}
      <//>
      ${menu === null ? null : html`
        <${HeadMenu} chat=${chat} conversation=${conversation} at=${menu} onAsk=${onAsk}
          onClose=${() => this.setState({ menu: null })} />`}`;
  }

  about(chat, conversation) {
    const isPublic = conversation.kind === 'public';
    if (!chat.online) return isPublic ? words.everybody : '';
    if (conversation.direct) {
      const there = chat.presence.of(conversation.peer);
      return there === undefined ? '' : there.online ? seenWords.online : lastSeen(there.lastSeenAt, chat.time.now());
    }
    if (conversation.people === null) return isPublic ? words.everybody : words.group;
    const people = isPublic ? words.everybody : words.peopleCount(conversation.people.size);
    return words.peopleOnline(people, conversation.onlineCount);
  }

  setTalk = talk => {
    this.talk = talk;
  };

  more = ({ currentTarget: menu }) => this.setState({ menu });

  escape() {
    this.talk?.escape();
  }
}
