// What is written in a conversation or in a thread of it, and where one writes.

import { html, Component } from '../../vendor/htm-preact.js';
import { Composer } from './composer.js';
import { later } from './later.js';
import { Timeline } from './timeline.js';

const Picker = later(() => import('./picker.js').then(file => file.ready().then(() => file.Picker)));
const Archived = later(() => import('./archived.js').then(file => file.Archived));
const Report = later(() => import('./moderation.js').then(file => file.Report));

export class Talk extends Component {
  /**
   * The message that is being changed, and with what text that begins; one that is answered; one that is reported; one
   * for which a reaction is chosen; and one to which a reaction was refused.
   */
  state = { editing: null, replying: null, reported: null, choosing: null, problem: null };

  render({ chat, conversation, stream = conversation, label, writeLabel, focus, onAsk, children, below }, states) {
    const { editing, replying, reported, choosing, problem } = states;
    return html`
      <${Timeline} key=${`${stream.place} ${stream.loads}`} ref=${this.setTimeline}
        chat=${chat} stream=${stream} talk=${this} isBehind=${stream === conversation && chat.beside !== null}
        label=${label} pending=${chat.pending(stream)} changes=${chat.changes(conversation)}
        reacting=${chat.reacting(conversation)} problem=${problem} onAsk=${onAsk}
        quoteOf=${seq => chat.quoteOf(conversation, seq)} />
      <div class="foot">
        ${children}
        ${conversation.closed ? null : conversation.isArchived ? html`
          <${Archived} chat=${chat} conversation=${conversation} />` : html`
          <${Composer} key=${`${stream.place} ${editing?.item.seq ?? ''}`} ref=${this.setComposer} stream=${stream}
            label=${writeLabel} self=${chat.self} focus=${focus && stream.target === 0} editing=${editing}
            replying=${replying} everyone=${() => chat.mayNameAll(conversation)} onSend=${this.send}
            onTyping=${typing => stream === conversation && chat.sayTyping(conversation, typing)}
            onEditLast=${this.editLast} onLeave=${this.leaveMode} />`}
        ${below}
      </div>
      ${choosing === null ? null : html`<${Picker} ...${choosing} onClose=${this.chosen} />`}
      ${reported === null ? null : html`
        <${Report} chat=${chat} conversation=${conversation} name=${reported.sender} sequence=${reported.seq}
          onClose=${() => this.setState({ reported: null })} />`}`;
  }

  get stream() {
    return this.props.stream ?? this.props.conversation;
  }

  setTimeline = timeline => {
    this.timeline = timeline;
  };

  setComposer = composer => {
    this.composer = composer;
  };

  componentDidUpdate({ stream, conversation }) {
    if ((stream ?? conversation) !== this.stream) this.setState({ editing: null, replying: null });
  }

  goTo = seq => this.props.chat.goTo(this.stream, seq);

  send = text => {
    const { chat, conversation } = this.props, { editing, replying } = this.state;
    if (editing !== null) {
      // Refused meanwhile: then it is written again.
      const refused = chat.pending(this.stream).find(({ key, failed }) => failed && key === editing.item.seq);
      if (refused) return this.setState({ editing: null }, () => this.edit({ ...refused, text }));
      if (text !== editing.item.body) chat.edit(conversation, editing.item, text);
      return this.stopEditing();
    }
    chat.send(this.stream, text, replying, this.props.isAlso?.());
    this.setState({ replying: null });
    this.timeline?.toEnd();
  };

  startEditing(item, body = item.body) {
    this.setState({ editing: { item, body } });
  }

  stopEditing = () => this.setState({ editing: null }, this.write);

  startReplying(item) {
    this.setState({ replying: item, editing: null }, this.write);
  }

  /** Escape: what is being changed or answered is not. */
  leaveMode = () => (this.state.editing !== null ? this.stopEditing() : this.setState({ replying: null }, this.write));

  /** Whether a message of mine can be changed. @param {import('../log.js').Item} item */
  mayEdit(item) {
    return this.props.conversation.isOpen && this.mayChange(item) && keepsFiles(item);
  }

  isMine(item) {
    return item.type === 'message' && item.sender === this.props.chat.self && !item.deleted;
  }

  mayChange(item) {
    const { chat, conversation } = this.props;
    return this.isMine(item) && !conversation.closed && !chat.changes(conversation).has(item.seq);
  }

  /** My last message, if it can be changed. @returns {boolean} whether there is one */
  editLast = () => {
    const waiting = this.props.chat.pending(this.stream).at(-1);
    if (waiting !== undefined) return this.edit(waiting);
    const last = this.stream.log.items.findLast(item => this.isMine(item) && keepsFiles(item));
    if (last === undefined || !this.mayChange(last)) return false;
    this.startEditing(last);
    return true;
  };

  /** What was refused is tried again, written again, or given up. */
  changeAgain = ({ id, body }, what) => {
    const { chat, conversation } = this.props;
    if (what === 'retry') return chat.client.retry(id);
    const change = chat.client.pending(conversation.id).find(one => one.id === id)?.change;
    const item = conversation.itemAt(change?.targetSequence);
    chat.client.discard(id);
    if (what === 'edit' && item !== undefined) this.startEditing(item, body);
  };

  /** A message that was refused goes back to where it was written; one that waits is changed. */
  edit = ({ key, text, failed, deleted }) => {
    if (!this.composer || deleted) return false;
    if (failed) {
      this.composer.put(text);
      this.props.chat.client.discard(key);
    } else this.startEditing({ seq: key, body: text });
    return true;
  };

  /**
   * What is known of the thread that begins with a message; null: there is none, or it is what is shown here.
   * @param {import('../log.js').Item} item
   */
  threadOf = ({ seq, replies }) => (replies === null || this.stream.thread !== null ? null
    : this.props.chat.side?.of(this.props.conversation, seq));

  openThread = seq => this.props.chat.openBeside(`t/${seq}`);

  chosen = () => this.setState({ choosing: null });

  write = () => this.composer?.focus();

  /** To the field; there: to the newest message. */
  escape() {
    if (this.composer?.hasFocus) this.timeline?.toEnd();
    else this.write();
  }
}

// An edit names one file at most: further ones would be gone.
const keepsFiles = item => !(item.attachments?.length > 1);
