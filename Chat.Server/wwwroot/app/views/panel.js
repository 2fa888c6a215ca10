// What is open beside a conversation: a thread, the list of threads, or the pinned messages. On a phone it lies over
// the conversation.

import { html, Component } from '../../vendor/htm-preact.js';
import { Pins } from './pins.js';
import { ThreadView } from './thread.js';
import { Threads } from './threads.js';

const Kinds = { thread: ThreadView, threads: Threads, pins: Pins };

export class Panel extends Component {
  setSection = element => {
    this.section = element;
  };

  componentDidMount() {
    this.enter();
  }

  componentDidUpdate({ beside: before }) {
    const { beside } = this.props;
    if (before.panel !== beside.panel || before.thread !== beside.thread) this.enter();
  }

  // Where one came from, unless the focus is elsewhere already.
  componentWillUnmount() {
    if (!this.section.contains(document.activeElement)) return;
    const row = document.querySelector(`#messages li[data-seq="${this.props.beside.thread}"]`);
    const place = row?.querySelector('.replies') ?? row?.querySelector('.acts') ?? document.getElementById('messages');
    const isWriting = row === null && this.props.focus;
    setTimeout(() => (isWriting ? document.getElementById('composer') : place)?.focus());
  }

  render({ beside, ...props }) {
    const Kind = Kinds[beside.panel];
    return html`
      <section class="panel" ref=${this.setSection} aria-labelledby="panel-title">
        <${Kind} key=${`${props.conversation.id} ${beside.thread}`} beside=${beside} ...${props} />
      </section>`;
  }

  // Opening it moves the focus into it: where one writes, or else at its beginning.
  enter() {
    if (this.props.focus && this.props.beside.panel === 'thread') return;
    this.section.querySelector('h2').focus();
  }
}
