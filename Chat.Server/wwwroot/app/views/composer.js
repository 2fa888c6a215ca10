// Where one writes. Enter sends, Shift+Enter breaks the line, what was not sent is kept for the next visit.

import { html, Component } from '../../vendor/htm-preact.js';
import { limits } from '../../sdk/core/limits.js';
import { shownUser } from '../profiles.js';
import { draft } from '../stored.js';
import { directionOf } from '../text.js';
import { oneLineOf, words } from '../words.js';
import { later } from './later.js';
import { Icon, isComposing } from './small.js';

const Suggestions = later(() => import('./suggestions.js').then(file => file.Suggestions));

const MostBytes = limits.bodyBytes;
const TypingEvery = 3_000;
/** A text beyond this is shown in a field of fixed size: to fit it is slow. */
const FittedCharacters = 20_000;
/** Of a text beyond this only the beginning is in the field: a browser lays all of it out at every key. */
const ShownCharacters = 2 * MostBytes;

const utf8 = new TextEncoder();

export class Composer extends Component {
  /** With `editing`, a message that is changed: what is written is no draft. */
  state = { text: this.props.editing?.body ?? draft.get(this.props.stream.place) };

  saidTyping = 0;

  setField = element => {
    this.field = element;
  };

  componentDidMount() {
    const { stream, focus, editing } = this.props;
    this.unwatch = editing ? () => {} : draft.watch(stream.place, () => this.state.text, () => this.show(''));
    this.grow();
    if (focus || editing) this.field.focus();
    if (editing) this.field.setSelectionRange(editing.body.length, editing.body.length);
  }

  componentWillUnmount() {
    this.unwatch();
    this.stopTyping();
  }

  render({ stream, self, label: wanted, editing, replying, everyone, onLeave }, { text }) {
    const bytes = sizeOf(text), tooLong = bytes > MostBytes;
    const label = editing ? words.editMessage : wanted, { prefix } = stream;
    const mode = editing ? words.editing
      : replying ? words.replyTo(shownUser(replying.sender), oneLineOf(replying)) : null;
    // Suggestions have a box that is always there: what comes and goes beside the form would move it, and the field
    // would lose the focus.
    return html`
      ${mode === null ? null : html`<p class="editing"><span class=${editing ? null : 'line'}>${mode}</span>
        <button type="button" class="secondary" onClick=${onLeave}>${words.cancel}</button></p>`}
      <div>${text.includes('@') ? html`<${Suggestions} stream=${stream} self=${self} everyone=${everyone}
        fieldOf=${() => this.field} onText=${this.complete} />` : null}</div>
      <form class="composer" onSubmit=${this.submit}>
        <label class="hidden-text" for=${`${prefix}composer`}>${label}</label>
        <textarea id=${`${prefix}composer`} ref=${this.setField} rows="1"
          dir=${directionOf(text)} value=${shownOf(text)} enterkeyhint="send" placeholder=${label}
          class=${text.length > FittedCharacters ? 'huge' : null}
          aria-describedby=${tooLong ? `${prefix}too-long` : null} aria-invalid=${tooLong ? 'true' : null}
          aria-autocomplete="list" onInput=${this.input} onKeyDown=${this.key}></textarea>
        <button type="submit" class="primary send" aria-label=${editing ? words.save : words.send}
          title=${editing ? words.save : words.sendTip} disabled=${isBlank(text)}>
          <${Icon} name=${editing ? 'sent' : 'send'} /></button>
      </form>
      ${tooLong ? html`<p class="error" id=${`${prefix}too-long`} role="alert">
        ${words.tooLong(Math.ceil(bytes / 1024), MostBytes / 1024)}
        ${text.length > ShownCharacters ? ` ${words.beginning}` : null}</p>` : null}`;
  }

  get hasFocus() {
    return document.activeElement === this.field;
  }

  focus() {
    this.field.focus();
  }

  /** Puts a text before what is written already. @param {string} text */
  put(text) {
    const written = this.state.text;
    this.keep(isBlank(written) ? text : `${text}\n${written}`);
    this.field.focus();
  }

  input = event => {
    const { value } = event.currentTarget;
    // An emptied field means all of the text: also the part that is not shown.
    const text = value === '' ? '' : value + this.state.text.slice(ShownCharacters);
    this.keep(text);
    if (isBlank(text)) this.stopTyping();
    else if (performance.now() - this.saidTyping > TypingEvery || this.saidTyping === 0) {
      this.saidTyping = performance.now();
      this.props.onTyping(true);
    }
  };

  key = event => {
    if (isComposing(event)) return;
    const { editing, replying, onEditLast, onLeave } = this.props;
    if (event.key === 'Escape' && (editing || replying)) {
      event.preventDefault();
      return onLeave();
    }
    const isBare = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key === 'ArrowUp' && isBare && this.state.text === '' && onEditLast()) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.submit(event);
  };

  /** A name was completed. */
  complete = (text, caret) => this.keep(text, () => this.field.setSelectionRange(caret, caret));

  submit = event => {
    event.preventDefault();
    const text = this.state.text.trim();
    if (text === '' || sizeOf(text) > MostBytes) return;
    this.saidTyping = 0;
    // First it is in the outbox, then it is a draft no more: a page may be gone at any moment.
    this.props.onSend(text);
    if (this.props.editing) return;
    this.keep('');
    this.field.focus();
  };

  keep(text, shown = () => {}) {
    if (!this.props.editing) draft.set(this.props.stream.place, text);
    this.show(text, shown);
  }

  show(text, shown = () => {}) {
    this.setState({ text }, () => {
      this.grow();
      shown();
    });
  }

  stopTyping() {
    if (this.saidTyping === 0) return;
    this.saidTyping = 0;
    this.props.onTyping(false);
  }

  // Where the browser does not fit a field to its content by itself.
  grow() {
    if (CSS.supports('field-sizing', 'content') || this.state.text.length > FittedCharacters) return;
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}

const shownOf = text => text.slice(0, ShownCharacters);

const isBlank = text => !/\S/.test(text);

// A character has at most 3 bytes, and at least one.
function sizeOf(text) {
  const isPlain = text.length * 3 <= MostBytes || text.length > 4 * MostBytes;
  return isPlain ? text.length : utf8.encode(text.trim()).length;
}
