// Where one writes. Enter sends, Shift+Enter breaks the line, what was not sent is kept for the next visit.

import { html, Component } from '../../vendor/htm-preact.js';
import { draft } from '../stored.js';
import { Icon } from './small.js';

const MostBytes = 64 * 1024;
const TypingEvery = 3_000;

export class Composer extends Component {
  state = { text: draft.get(this.props.self, this.props.conversation.id), tooLong: false };
  saidTyping = 0;

  setField = element => {
    this.field = element;
  };

  componentDidMount() {
    this.grow();
    if (this.props.focus) this.field.focus();
  }

  componentWillUnmount() {
    this.stopTyping();
  }

  render({ conversation }, { text, tooLong }) {
    return html`
      <form class="composer" onSubmit=${this.submit}>
        <label class="hidden-text" for="composer">Message to ${conversation.name}</label>
        <textarea id="composer" ref=${this.setField} rows="1" dir="auto" value=${text} placeholder=${`Message ${conversation.name}`} enterkeyhint="send"
          aria-describedby=${tooLong ? 'too-long' : null} aria-invalid=${tooLong ? 'true' : null} onInput=${this.input} onKeyDown=${this.key}></textarea>
        <button type="submit" class="primary send" aria-label="Send" title="Send (Enter)" disabled=${text.trim() === ''}><${Icon} name="send" /></button>
      </form>
      ${tooLong ? html`<p class="error" id="too-long" role="alert">This message is too long (64 KiB at most). Split it.</p>` : null}`;
  }

  input = event => {
    const text = event.currentTarget.value;
    this.setState({ text, tooLong: false });
    draft.set(this.props.self, this.props.conversation.id, text);
    this.grow();
    if (text.trim() === '') this.stopTyping();
    else if (performance.now() - this.saidTyping > TypingEvery || this.saidTyping === 0) {
      this.saidTyping = performance.now();
      this.props.onTyping(true);
    }
  };

  key = event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.altKey) return;
    event.preventDefault();
    this.submit(event);
  };

  submit = event => {
    event.preventDefault();
    const text = this.state.text.trim();
    if (text === '') return;
    if (new TextEncoder().encode(text).length > MostBytes) {
      this.setState({ tooLong: true });
      return;
    }
    this.saidTyping = 0;
    draft.set(this.props.self, this.props.conversation.id, '');
    this.setState({ text: '', tooLong: false }, () => this.grow());
    this.props.onSend(text);
    this.field.focus();
  };

  stopTyping() {
    if (this.saidTyping === 0) return;
    this.saidTyping = 0;
    this.props.onTyping(false);
  }

  // Where the browser does not fit a field to its content by itself.
  grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}
