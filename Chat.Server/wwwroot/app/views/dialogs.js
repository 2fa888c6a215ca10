// Questions in a window of their own. The browser keeps the focus inside, and gives it back.

import { html, Component } from '../../vendor/htm-preact.js';
import { refusalWords } from '../words.js';

export class Dialog extends Component {
  setDialog = element => {
    this.dialog = element;
  };

  componentDidMount() {
    this.dialog.showModal();
  }

  render({ title, children, onClose }) {
    return html`<dialog ref=${this.setDialog} aria-labelledby="dialog-title" onClose=${onClose} onClick=${event => event.target === this.dialog && this.dialog.close()}>
      <h2 id="dialog-title">${title}</h2>${children}</dialog>`;
  }
}

/** Whom to talk to: one name makes a direct conversation, several a group. */
export class NewConversation extends Component {
  state = { names: '', title: '', error: null, busy: false };

  render({ self, onClose }, { names, title, error, busy }) {
    const whom = split(names);
    return html`
      <${Dialog} title="New conversation" onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>With whom?</span>
            <input id="whom" type="text" autocomplete="off" autofocus spellcheck="false" value=${names} aria-describedby="whom-hint" onInput=${event => this.setState({ names: event.currentTarget.value, error: null })} />
          </label>
          <p class="hint" id="whom-hint">One name starts a direct conversation, several a group. Put commas between names.</p>
          ${whom.filter(name => name !== self).length > 1 ? html`<label class="field"><span>Title of the group, if it is to have one</span>
            <input id="group-title" type="text" maxlength="255" autocomplete="off" value=${title} onInput=${event => this.setState({ title: event.currentTarget.value })} /></label>` : null}
          ${error === null ? null : html`<p class="error" role="alert">${error}</p>`}
          <div class="actions"><button type="button" class="secondary" onClick=${onClose}>Cancel</button><button type="submit" class="primary" disabled=${busy || whom.length === 0}>Start</button></div>
        </form>
      <//>`;
  }

  submit = async event => {
    event.preventDefault();
    const { chat, self, onClose } = this.props;
    const whom = split(this.state.names).filter(name => name !== self);
    if (whom.length === 0) {
      this.setState({ error: 'Name somebody besides yourself.' });
      return;
    }
    this.setState({ busy: true, error: null });
    try {
      await (whom.length === 1 ? chat.startDirect(whom[0]) : chat.startGroup(whom, this.state.title.trim()));
      onClose();
    } catch (error) {
      this.setState({ busy: false, error: refusalWords(error) });
    }
  };
}

/** Further participants of a group. */
export class AddPeople extends Component {
  state = { names: '', error: null, busy: false };

  render({ onClose }, { names, error, busy }) {
    return html`
      <${Dialog} title="Add people" onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>Whom? Put commas between names.</span>
            <input id="whom" type="text" autocomplete="off" autofocus spellcheck="false" value=${names} onInput=${event => this.setState({ names: event.currentTarget.value, error: null })} /></label>
          ${error === null ? null : html`<p class="error" role="alert">${error}</p>`}
          <div class="actions"><button type="button" class="secondary" onClick=${onClose}>Cancel</button><button type="submit" class="primary" disabled=${busy || split(names).length === 0}>Add</button></div>
        </form>
      <//>`;
  }

  submit = async event => {
    event.preventDefault();
    this.setState({ busy: true, error: null });
    try {
      await this.props.chat.addPeople(this.props.conversation, split(this.state.names));
      this.props.onClose();
    } catch (error) {
      this.setState({ busy: false, error: refusalWords(error) });
    }
  };
}

const keys = [
  [['Enter'], 'send'], [['Shift', 'Enter'], 'new line'], [['Alt', '↑'], 'conversation above'], [['Alt', '↓'], 'conversation below'],
  [['Alt', 'N'], 'new conversation'], [['/'], 'find a conversation'], [['Esc'], 'back to writing; again: to the newest message'], [['?'], 'this list'],
];

/** What can be set, and the keys. */
export function Menu({ chat, notifier, onClose, onLeave }) {
  return html`
    <${Dialog} title="Settings and help" onClose=${onClose}>
      <div class="field"><span>Notifications</span>
        ${notifier.state === 'unsupported' ? html`<p class="hint">This browser has none.</p>`
          : notifier.state === 'denied' ? html`<p class="hint">They are blocked in the settings of this browser.</p>`
          : notifier.state === 'on' ? html`<button type="button" class="secondary" onClick=${() => notifier.turnOff()}>Turn off notifications</button>`
          : html`<button type="button" class="secondary" onClick=${() => notifier.turnOn()}>Turn on notifications</button>`}
      </div>
      <div class="field"><span>Keys</span>
        <dl class="keys">${keys.map(([pressed, does]) => html`<dt>${pressed.map((key, i) => html`${i > 0 ? ' + ' : null}<kbd>${key}</kbd>`)}</dt><dd>${does}</dd>`)}</dl>
      </div>
      <p class="hint">Anyone who uses this name is you: this server has no passwords.</p>
      <div class="actions"><button type="button" class="secondary" onClick=${onLeave}>Use another name</button><button type="button" class="primary" autofocus onClick=${onClose}>Close</button></div>
    <//>`;
}

const split = text => [...new Set(text.split(/[,;\n]/).map(name => name.trim()).filter(name => name !== ''))];
