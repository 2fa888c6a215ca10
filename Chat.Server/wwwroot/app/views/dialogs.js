// Questions in a window of their own. The browser keeps the focus inside, and gives it back.

import { html, Component } from '../../vendor/htm-preact.js';
import { limits } from '../../sdk/core/limits.js';
import { languages } from '../language.js';
import { notifier } from '../notifier.js';
import { shownUser } from '../profiles.js';
import { settings } from '../stored.js';
import { setTheme, theme } from '../theme.js';
import { exactTime } from '../time.js';
import { oneLineOf, refusalWords, words } from '../words.js';
import { Body } from './body.js';
import { Avatar } from './small.js';

export class Dialog extends Component {
  setDialog = element => {
    this.dialog = element;
  };

  componentDidMount() {
    this.dialog.showModal();
  }

  render({ title, children, onClose }) {
    return html`<dialog ref=${this.setDialog} aria-labelledby="dialog-title" onClose=${onClose} onClick=${this.clicked}>
      <h2 id="dialog-title">${title}</h2>${children}</dialog>`;
  }

  // Beside it is outside.
  clicked = event => {
    if (event.target === this.dialog) this.dialog.close();
  };
}

/** A window with one question, whose answer may be refused. */
export class Question extends Component {
  state = { error: null, busy: false };

  /** @param {() => Promise<any>} call It gives a text where the answer will not do, which says why. */
  async run(call) {
    this.setState({ error: null, busy: true });
    const error = await call().catch(refusalWords);
    if (typeof error === 'string') this.setState({ error, busy: false });
    else this.props.onClose();
  }
}

/** Whom to talk to: one name makes a direct conversation, several a group. */
export class NewConversation extends Question {
  state = { names: '', title: '', error: null, busy: false };

  render({ self, onClose }, { names, title, error, busy }) {
    const whom = split(names);
    return html`
      <${Dialog} title=${words.newConversation} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>${words.withWhom}</span>
            <input id="whom" type="text" autocomplete="off" autofocus spellcheck="false" value=${names}
              aria-describedby="whom-hint"
              onInput=${event => this.setState({ names: event.currentTarget.value, error: null })} />
          </label>
          <p class="hint" id="whom-hint">${words.withWhomHint}</p>
          ${whom.filter(name => name !== self).length > 1 ? html`
            <label class="field"><span>${words.groupTitle}</span>
              <input id="group-title" type="text" autocomplete="off" value=${title}
                onInput=${event => this.setState({ title: event.currentTarget.value })} /></label>` : null}
          <${Failure} error=${error} />
          <${Actions} submit=${words.startIt} disabled=${busy || whom.length === 0} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, self } = this.props, { names, title } = this.state;
    const whom = split(names).filter(name => name !== self);
    this.run(async () => {
      if (whom.length === 0) return words.nameSomebody;
      return whom.length === 1 ? chat.startDirect(whom[0]) : chat.startGroup(whom, title.trim());
    });
  };
}

/** Further participants of a group. */
export class AddPeople extends Question {
  state = { names: '', error: null, busy: false };

  render({ onClose }, { names, error, busy }) {
    return html`
      <${Dialog} title=${words.addPeople} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>${words.addWhom}</span>
            <input id="whom" type="text" autocomplete="off" autofocus spellcheck="false" value=${names}
              onInput=${event => this.setState({ names: event.currentTarget.value, error: null })} /></label>
          <${Failure} error=${error} />
          <${Actions} submit=${words.add} disabled=${busy || split(names).length === 0} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, conversation } = this.props;
    this.run(() => chat.addPeople(conversation, split(this.state.names)));
  };
}

/** Deletes a message, once it is sure that this is wanted. */
export function DeleteMessage({ chat, conversation, item, onClose }) {
  const submit = event => {
    event.preventDefault();
    chat.delete(conversation, item);
    onClose();
  };
  return html`
    <${Dialog} title=${words.deleteTitle} onClose=${onClose}>
      <form onSubmit=${submit}>
        <blockquote class="said" dir="auto">${oneLineOf(item)}</blockquote>
        <p class="hint">${words.deleteMeans}</p>
        <${Actions} submit=${words.delete} isGrave onClose=${onClose} />
      </form>
    <//>`;
}

/** Who has read a message. */
export function Readers({ conversation, item, onClose }) {
  const readers = conversation.readersOf(item);
  return html`
    <${Dialog} title=${words.readers} onClose=${onClose}>
      ${readers.length === 0 ? html`<p class="hint">${words.noReaders}</p>` : html`
        <ul class="readers">${readers.map(user => html`
          <li key=${user}><${Avatar} name=${user} small /><bdi>${shownUser(user)}</bdi></li>`)}</ul>`}
      <${Done} onClose=${onClose} />
    <//>`;
}

/** What a message has said, the newest first. */
export class Versions extends Component {
  state = { versions: null, error: null };

  async componentDidMount() {
    const { chat, conversation, item } = this.props;
    try {
      const versions = [];
      for (let after, page; page === undefined || page.entries.length === limits.versionsPage;) {
        page = await chat.client.versions(conversation.id, item.seq, { after });
        versions.push(...page.entries);
        after = page.entries.at(-1)?.sequence;
      }
      this.setState({ versions: versions.filter(one => one.body).reverse() });
    } catch (error) {
      this.setState({ error: refusalWords(error) });
    }
  }

  render({ onClose }, { versions, error }) {
    return html`
      <${Dialog} title=${words.versions} onClose=${onClose}>
        <${Failure} error=${error} />
        ${versions === null ? error === null ? html`<p class="hint">${words.loading}</p>` : null : html`
          <ol class="versions">${versions.map(({ sequence, createdAt, body }) => html`
            <li key=${sequence}><time datetime=${createdAt}>${exactTime(Date.parse(createdAt))}</time>
              <${Body} text=${body} /></li>`)}</ol>`}
        <${Done} onClose=${onClose} />
      <//>`;
  }
}

/** What can be set, and the keys. */
export function Menu({ hasToken, unsent, onClose, onLeave, onLanguage }) {
  return html`
    <${Dialog} title=${words.settings} onClose=${onClose}>
      <div class="field"><span>${words.notifications}</span><${Notifications} /></div>
      <${Choice} id="look" label=${words.look} options=${Object.entries(words.looks)} value=${theme()}
        onChoose=${setTheme} />
      <${Choice} id="language" label=${words.language} value=${settings.get('language') ?? ''}
        options=${[['', words.languageOfBrowser], ...Object.entries(languages)]}
        onChoose=${chosen => onLanguage(chosen || null)} />
      <div class="field"><span>${words.keyboard}</span>
        <dl class="keys">${words.keys.map(([pressed, does]) => html`
          <dt>${pressed.map((key, i) => html`${i > 0 ? ' + ' : null}<kbd>${key}</kbd>`)}</dt><dd>${does}</dd>`)}</dl>
      </div>
      <p class="hint">${hasToken ? words.signOutMeans(unsent) : words.noPasswords}</p>
      <div class="actions">
        <button type="button" class="secondary" onClick=${onLeave}>
          ${hasToken ? words.signOut : words.otherName}</button>
        <button type="button" class="primary" autofocus onClick=${onClose}>${words.close}</button>
      </div>
    <//>`;
}

const Choice = ({ id, label, options, value, onChoose }) => html`
  <label class="field" for=${id}><span>${label}</span>
    <select id=${id} onChange=${event => onChoose(event.currentTarget.value)}>
      ${options.map(([one, text]) => html`<option key=${one} value=${one} selected=${one === value}>${text}</option>`)}
    </select></label>`;

class Notifications extends Component {
  render() {
    switch (notifier.state) {
      case 'unsupported':
        return html`<p class="hint">${words.notificationsNone}</p>`;
      case 'denied':
        return html`<p class="hint">${words.notificationsBlocked}</p>`;
      default: {
        const isOn = notifier.state === 'on';
        return html`<button type="button" class="secondary" onClick=${() => this.turn(!isOn)}>
          ${isOn ? words.notificationsOff : words.notificationsOn}</button>`;
      }
    }
  }

  async turn(isOn) {
    if (isOn) await notifier.turnOn();
    else notifier.turnOff();
    this.forceUpdate();
  }
}

export const Failure = ({ error }) => (error === null ? null : html`<p class="error" role="alert">${error}</p>`);

export const Done = ({ onClose }) => html`
  <div class="actions">
    <button type="button" class="primary" autofocus onClick=${onClose}>${words.close}</button></div>`;

export const Actions = ({ submit, disabled, isGrave, onClose }) => html`
  <div class="actions">
    <button type="button" class="secondary" onClick=${onClose}>${words.cancel}</button>
    <button type="submit" class=${isGrave ? 'primary grave' : 'primary'} disabled=${disabled}>${submit}</button>
  </div>`;

const split = text => [...new Set(text.split(/[,;\n、，；]/).map(name => name.trim()).filter(name => name !== ''))];
