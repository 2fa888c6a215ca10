// The conversation that is open: its head, its messages, and where one writes.

import { may } from '../../sdk/chat-client.js';
import { html, Component } from '../../vendor/htm-preact.js';
import { linkTo } from '../links.js';
import { several } from '../people.js';
import { lastSeen } from '../time.js';
import { seenWords, words } from '../words.js';
import { Composer } from './composer.js';
import { later } from './later.js';
import { Avatar, Icon, copied } from './small.js';
import { Timeline } from './timeline.js';

const Report = later(() => import('./moderation.js').then(file => file.Report));

export class ConversationView extends Component {
  /** The message that is being changed, and with what text that begins; one that is answered; one that is reported. */
  state = { editing: null, replying: null, reported: null };

  render({ chat, conversation, people, focus, onPeople, onDate, onVersions, onDelete }, states) {
    const { editing, replying, reported } = states;
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
        quoteOf=${seq => chat.quoteOf(conversation, seq)}
        actsOf=${this.actsOf} changes=${chat.changes(conversation)} onChange=${this.changeAgain}
        onVersions=${onVersions} />
      <div class="foot">
        <div class="typists">${typists.length === 0 ? null : html`
          <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
          ${words.typing(several(typists), typists.length)}`}</div>
        ${conversation.closed ? html`<p class="hint">${words.closed}</p>` : html`
          <${Composer} key=${`${conversation.id} ${editing?.item.seq ?? ''}`} ref=${this.setComposer}
            conversation=${conversation} self=${chat.self} focus=${focus} editing=${editing}
            replying=${replying} onSend=${this.send}
            onTyping=${typing => chat.sayTyping(conversation, typing)} onEditLast=${this.editLast}
            onLeave=${this.leaveMode} />`}
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

  componentDidUpdate({ conversation }) {
    if (conversation.id !== this.props.conversation.id) this.setState({ editing: null, replying: null });
  }

  send = text => {
    const { chat, conversation } = this.props, { editing, replying } = this.state;
    if (editing !== null) {
      if (text !== editing.item.body) chat.edit(conversation, editing.item, text);
      return this.stopEditing();
    }
    chat.send(conversation, text, replying?.seq);
    this.setState({ replying: null });
    this.timeline?.toEnd();
  };

  startEditing(item, body = item.body) {
    this.setState({ editing: { item, body } });
  }

  stopEditing = () => this.setState({ editing: null }, () => this.composer?.focus());

  startReplying(item) {
    this.setState({ replying: item, editing: null }, () => this.composer?.focus());
  }

  /** Escape: what is being changed or answered is not. */
  leaveMode = () => (this.state.editing !== null ? this.stopEditing() : this.setState({ replying: null }, this.write));

  /** My last message, if it can be changed. @returns {boolean} whether there is one */
  editLast = () => {
    const { chat, conversation } = this.props, changes = chat.changes(conversation);
    const last = conversation.log.items.findLast(item => isMine(item, chat.self) && mayEdit(item));
    if (last === undefined || changes.has(last.seq)) return false;
    this.startEditing(last);
    return true;
  };

  /** What was refused is tried again, written again, or given up. */
  changeAgain = ({ id, body }, what) => {
    const { chat, conversation } = this.props;
    if (what === 'retry') return chat.client.retry(id);
    const change = chat.client.pending(conversation.id).find(one => one.id === id)?.change;
    const item = conversation.log.at(change?.targetSequence);
    chat.client.discard(id);
    if (what === 'edit' && item !== undefined) this.startEditing(item, body);
  };

  /** A message that was refused goes back to where it was written. */
  edit = (key, text) => {
    if (!this.composer) return;
    this.composer.put(text);
    this.props.chat.client.discard(key);
  };

  /** What can be done with a message. @param {import('../log.js').Item} item @returns {import('./menu.js').Act[]} */
  actsOf = item => {
    const { chat, conversation, onDelete, onReaders } = this.props, { kind } = conversation;
    const isOpen = !conversation.closed, isThere = !item.deleted;
    const changes = isOpen && isMine(item, chat.self) && !chat.changes(conversation).has(item.seq);
    const deletes = changes || (isOpen && isThere && may('deleteOthers', kind, chat.roleIn(conversation)));
    return [
      isOpen && isThere && { name: 'reply', label: words.reply, act: () => this.startReplying(item) },
      { name: 'link', label: words.copyLink, act: () => this.copyLink(item) },
      isOpen && { name: 'unread', label: words.markUnread, act: () => chat.markUnread(conversation, item.seq) },
      kind !== 'public' && isThere && { name: 'readers', label: words.readers, act: () => onReaders(item) },
      isOpen && item.sender !== chat.self
        && { name: 'report', label: words.report, isGrave: true, act: () => this.setState({ reported: item }) },
      changes && mayEdit(item) && { name: 'edit', label: words.edit, act: () => this.startEditing(item) },
      deletes && { name: 'delete', label: words.delete, isGrave: true, act: () => onDelete(item) },
    ].filter(Boolean);
  };

  async copyLink({ seq }) {
    const { chat, conversation } = this.props, isThere = await copied(linkTo(conversation.id, seq));
    chat.attention.say(isThere ? words.copied : words.notCopied);
  }

  write = () => this.composer?.focus();

  /** To the field; there: to the newest message. */
  escape() {
    if (this.composer?.hasFocus) this.timeline?.toEnd();
    else this.write();
  }
}

// An edit names one file at most, and what it does not name is gone.
const mayEdit = item => !(item.attachments?.length > 1);

const isMine = (item, self) => item.type === 'message' && item.sender === self && !item.deleted;
