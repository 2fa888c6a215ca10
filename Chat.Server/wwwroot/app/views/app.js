// The whole page: what is open is in the address, so that back, reload and links work.

import { html, Component } from '../../vendor/htm-preact.js';
import { placeOf } from '../links.js';
import { connectionWords, words } from '../words.js';
import { Banner } from './banner.js';
import { ConversationView } from './conversation.js';
import { later } from './later.js';
import { Sidebar } from './sidebar.js';
import { isComposing } from './small.js';

const People = later(() => import('./people.js').then(file => file.People));
const Panel = later(() => import('./panel.js').then(file => file.Panel));
const Mentions = later(() => import('./mentions.js').then(file => file.Mentions));
const OpenBar = later(() => import('./open-bar.js').then(file => file.OpenBar));
const dialog = name => later(() => import('./dialogs.js').then(file => file[name]));
const Menu = dialog('Menu'), NewConversation = dialog('NewConversation');
/** Those that are about what is open. */
const OfOpen = {
  add: dialog('AddPeople'), delete: dialog('DeleteMessage'), readers: dialog('Readers'),
  date: later(() => import('./go-to-date.js').then(file => file.GoToDate)),
  about: later(() => import('./about.js').then(file => file.About)),
  leave: later(() => import('./leave.js').then(file => file.Leave)), versions: dialog('Versions'),
};

const Phone = matchMedia('(max-width: 680px)'), Narrow = matchMedia('(max-width: 1100px)');

export class App extends Component {
  state = { dialog: this.props.dialog, item: null, people: false };

  componentDidMount() {
    addEventListener('hashchange', this.opened);
    Phone.addEventListener('change', this.draw);
    addEventListener('keydown', this.key);
    this.opened();
  }

  componentWillUnmount() {
    removeEventListener('hashchange', this.opened);
    Phone.removeEventListener('change', this.draw);
    removeEventListener('keydown', this.key);
  }

  render({ chat, isOpen, onLeave, onLanguage }, { dialog, item, people }) {
    const conversation = chat.opened;
    const state = chat.connection.state;
    const close = () => this.setState({ dialog: null });
    const Asked = conversation === null ? undefined : OfOpen[dialog];
    const where = chat.current === null ? 'in-list' : 'in-conversation';
    // One thing at a time is beside it.
    const beside = conversation === null || chat.side === null ? null : chat.beside;
    const hasPeople = people && conversation !== null && chat.side !== null && beside === null;
    const more = beside !== null ? ' with-panel' : hasPeople ? ' with-people' : '';
    return html`
      <a class="skip" href=${`#${this.first}`} onClick=${this.skip}>
        ${this.first === 'find' ? words.skipToFind
          : this.first === 'messages' ? words.messagesIn(conversation.name) : words.skipToWriting}</a>
      <main class=${`frame ${where}${more}`}>
        <h1 class="hidden-text">${words.app}</h1>
        <div class="bars">
          ${isOpen ? html`<${OpenBar} />` : null}
          <${Banner} kind=${chat.connection.kind} words=${connectionWords(state)} nextAttemptAt=${state.nextAttemptAt}
            onTry=${this.tryNow} onSay=${this.say} />
        </div>
        <${Sidebar} chat=${chat} current=${chat.current} onNew=${this.startNew} onMenu=${this.openMenu}
          onMentions=${this.openMentions} />
        <section class="main" inert=${beside !== null && Phone.matches}
          aria-label=${conversation?.name ?? words.conversation}>
          ${conversation === null ? this.nothing(chat) : html`
            <${ConversationView} ref=${this.setView} chat=${chat} conversation=${conversation} people=${hasPeople}
              focus=${!Phone.matches && chat.beside === null} onPeople=${this.togglePeople} onAsk=${this.ask} />`}
        </section>
        ${beside === null ? null : html`
          <${Panel} chat=${chat} conversation=${conversation} beside=${beside}
            focus=${!Phone.matches} onAsk=${this.ask} onClose=${this.closeBeside} />`}
        ${hasPeople ? html`
          <${People} chat=${chat} conversation=${conversation} onClose=${this.togglePeople}
            onAdd=${() => this.setState({ dialog: 'add' })} />` : null}
      </main>
      ${dialog === 'new' ? html`<${NewConversation} chat=${chat} self=${chat.self} onClose=${close} />` : null}
      ${Asked === undefined ? null : html`
        <${Asked} chat=${chat} conversation=${conversation} item=${item} onClose=${close} />`}
      ${dialog === 'mentions' && chat.side !== null ? html`<${Mentions} chat=${chat} onClose=${close} />` : null}
      ${dialog === 'menu' ? html`
        <${Menu} hasToken=${chat.hasToken} unsent=${chat.unsent} onClose=${close}
          onLeave=${onLeave} onLanguage=${onLanguage} />` : null}`;
  }

  nothing(chat) {
    const isLoading = chat.current !== null && !chat.loaded;
    const title = chat.current === null ? words.choose : isLoading ? words.loading : words.notYours;
    return html`<div class="empty"><h2>${title}</h2><p>${isLoading ? '' : words.inList}</p>
      ${chat.current === null ? null : html`<p><a href="#/">${words.backToList}</a></p>`}</div>`;
  }

  setView = view => {
    this.view = view;
  };

  tryNow = () => this.props.chat.client.reconnectNow();

  say = text => this.props.chat.attention.say(text);

  opened = () => {
    const { chat } = this.props;
    const place = placeOf(location.hash);
    if (place.id === null && !Phone.matches && chat.first !== null) {
      location.replace(`#/c/${chat.first}`);
      return;
    }
    chat.open(place);
  };

  key = event => {
    if (event.defaultPrevented || this.state.dialog !== null || isComposing(event)) return;
    const writing = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    const plain = !event.ctrlKey && !event.metaKey && !event.getModifierState('AltGraph');
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && plain && step !== undefined) this.step(step);
    else if (event.altKey && plain && isNewKey(event, writing)) this.startNew();
    else if (event.key === '/' && !writing && plain) document.getElementById('find')?.focus();
    else if (event.key === '?' && !writing) this.openMenu();
    else if (event.key === 'Escape') this.escape();
    else return;
    event.preventDefault();
  };

  escape() {
    const isBeside = document.activeElement?.closest('.panel') ?? null;
    if (this.props.chat.beside !== null && (isBeside !== null || Narrow.matches)) return this.closeBeside();
    if (this.state.people && Narrow.matches) this.setState({ people: false });
    this.view?.escape();
  }

  step(by) {
    const { chat } = this.props;
    const all = chat.conversations.sorted().filter(one => !one.isArchived || one.id === chat.current);
    const at = all.findIndex(conversation => conversation.id === chat.current);
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next !== undefined) location.hash = `#/c/${next.id}`;
  }

  startNew = () => this.setState({ dialog: 'new' });

  openMenu = () => this.setState({ dialog: 'menu' });

  openMentions = () => {
    this.props.chat.bringSide();
    this.setState({ dialog: 'mentions' });
  };

  /** Opens a window about what is open. @param {string} dialog @param {any} [item] the message that it is about */
  ask = (dialog, item = null) => this.setState({ dialog, item });

  closeBeside = () => this.props.chat.closeBeside();

  draw = () => this.forceUpdate();

  togglePeople = () => {
    const { chat } = this.props, people = !this.state.people || chat.beside !== null;
    if (chat.beside !== null) chat.closeBeside();
    this.setState({ people });
    if (people) chat.askPeople();
  };

  skip = event => {
    event.preventDefault();
    document.getElementById(this.first)?.focus();
  };

  /** What one comes for: where one writes, or where that is nowhere, what is written there. */
  get first() {
    const { current, opened } = this.props.chat;
    return current === null ? 'find' : opened?.isOpen === false ? 'messages' : 'composer';
  }
}

// With Alt many layouts write: ń, ñ, ã. While one writes only what writes nothing is a command.
function isNewKey(event, writing) {
  return event.key.toLowerCase() === 'n' || (!writing && event.code === 'KeyN');
}
