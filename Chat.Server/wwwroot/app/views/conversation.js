// The conversation that is open: its head, its messages, and where one writes.

import { html, Component } from '../../vendor/htm-preact.js';
import { linkTo } from '../places.js';
import { several } from '../people.js';
import { lastSeen } from '../time.js';
import { seenWords, words } from '../words.js';
import { Composer } from './composer.js';
import { later } from './later.js';
import { Avatar, Icon, copied } from './small.js';
import { Timeline } from './timeline.js';

const Report = later(() => import('./moderation.js').then(file => file.Report));

export class ConversationView extends Component {
  state = { reported: null };

  render({ chat, conversation, people, focus, onPeople, onDate }, { reported }) {
    const typists = conversation.typists;
    const mute = conversation.muted ? words.unmute : words.mute;
    return html`
      <header class="head">
        <a class="icon back" href="#/" aria-label=${words.backLabel} title=${words.backToList}>
          <${Icon} name="back" /></a>
        <${Avatar} name=${conversation.peer ?? conversation.name} square=${!conversation.direct}
          online=${chat.isOnline(conversation.peer)} />
        <div class="who"><h2 title=${conversation.name}><bdi>${conversation.name}</bdi></h2>
          <p class="about" dir="auto">${this.about(chat, conversation)}</p></div>
        ${conversation.closed ? null : html`
          <button type="button" class="icon mute" title=${conversation.muted ? words.unmuteTip : words.muteTip}
            onClick=${() => chat.setMuted(conversation)}><${Icon} name=${conversation.muted ? 'muted' : 'bell'} />
            <span class="hidden-text">${mute}</span></button>`}
        <button type="button" class="icon" aria-label=${words.people} title=${words.people}
          aria-expanded=${people ? 'true' : 'false'} onClick=${onPeople}><${Icon} name="people" /></button>
      </header>
      <${Timeline} key=${`${conversation.id} ${conversation.loads}`} ref=${this.setTimeline}
        conversation=${conversation} self=${chat.self} pending=${chat.pending(conversation)} online=${chat.online}
        now=${chat.time.now()}
        onOlder=${() => chat.reading.older(conversation)} onNewer=${() => chat.reading.newer(conversation)}
        onNewest=${() => chat.reading.newest(conversation)} onSeen=${() => chat.seen(conversation)}
        onJumped=${this.write} onRetry=${key => chat.client.retry(key)} onDiscard=${key => chat.client.discard(key)}
        onEdit=${this.edit} onDate=${onDate} onTo=${seq => chat.goTo(conversation, seq)}
        actsOf=${this.actsOf} />
      <div class="foot">
        <div class="typists">${typists.length === 0 ? null : html`
          <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
          ${words.typing(several(typists), typists.length)}`}</div>
        ${conversation.closed ? html`<p class="hint">${words.closed}</p>` : html`
          <${Composer} key=${conversation.id} ref=${this.setComposer} conversation=${conversation} self=${chat.self}
            focus=${focus} onSend=${this.send} onTyping=${typing => chat.sayTyping(conversation, typing)} />`}
      </div>
      ${reported === null ? null : html`
        <${Report} chat=${chat} conversation=${conversation} name=${reported.sender} sequence=${reported.seq}
          onClose=${() => this.setState({ reported: null })} />`}`;
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

  setTimeline = timeline => {
    this.timeline = timeline;
  };

  setComposer = composer => {
    this.composer = composer;
  };

  send = text => {
    this.props.chat.send(this.props.conversation, text);
    this.timeline?.toEnd();
  };

  /** A message that was refused goes back to where it was written. */
  edit = (key, text) => {
    if (!this.composer) return;
    this.composer.put(text);
    this.props.chat.client.discard(key);
  };

  /** What can be done with a message. @param {import('../log.js').Item} item @returns {import('./menu.js').Act[]} */
  actsOf = item => {
    const { chat, conversation } = this.props;
    return [{
      name: 'link',
      label: words.copyLink,
      act: async () => {
        const isThere = await copied(linkTo(conversation.id, item.seq));
        chat.attention.say(isThere ? words.copied : words.changeFailed);
      },
    }, ...item.sender === chat.self || conversation.closed ? [] : [{
      name: 'report', label: words.report, isGrave: true, act: () => this.setState({ reported: item }),
    }]];
  };

  write = () => this.composer?.focus();

  /** To the field; there: to the newest message. */
  escape() {
    if (this.composer?.hasFocus) this.timeline?.toEnd();
    else this.write();
  }
}
