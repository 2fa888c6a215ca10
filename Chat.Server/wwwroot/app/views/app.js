// The whole page: what is open is in the address, so that back, reload and links work.

import { html, Component } from '../../vendor/htm-preact.js';
import { connectionWords, count } from '../words.js';
import { lastOpen } from '../stored.js';
import { lastSeen } from '../time.js';
import { several } from '../people.js';
import { Composer } from './composer.js';
import { AddPeople, Menu, NewConversation } from './dialogs.js';
import { People } from './people.js';
import { Sidebar } from './sidebar.js';
import { Avatar, Icon } from './small.js';
import { Timeline } from './timeline.js';

const Phone = matchMedia('(max-width: 680px)');

export class App extends Component {
  state = { dialog: null, people: false };

  componentDidMount() {
    addEventListener('hashchange', this.opened);
    addEventListener('keydown', this.key);
    this.opened();
  }

  componentWillUnmount() {
    removeEventListener('hashchange', this.opened);
    removeEventListener('keydown', this.key);
  }

  render({ chat, notifier, onLeave }, { dialog, people }) {
    const conversation = chat.conversations.get(chat.current) ?? null;
    const words = connectionWords(chat.connection.state);
    const close = () => this.setState({ dialog: null });
    return html`
      <a class="skip" href=${chat.current === null ? '#find' : '#composer'} onClick=${this.skip}>${chat.current === null ? 'Skip to finding a conversation' : 'Skip to writing'}</a>
      <main class=${`frame ${chat.current === null ? 'in-list' : 'in-conversation'}${people && conversation !== null ? ' with-people' : ''}`}>
        <h1 class="hidden-text">Chat</h1>
        <div class=${`banner ${words?.tone ?? ''}`} role="status" data-connection=${chat.connection.kind}>${words === null ? null : html`
          <span>${words.text}</span>${words.tone === 'bad' ? html`<button type="button" onClick=${() => chat.reconnect()}>Try now</button>` : null}`}</div>
        <${Sidebar} chat=${chat} current=${chat.current} onNew=${this.startNew} onMenu=${this.openMenu} />
        <section class="main" aria-label=${conversation?.name ?? 'Conversation'}>
          ${conversation === null ? html`<div class="empty"><h2>${chat.current === null ? 'Choose a conversation' : chat.loaded ? 'This conversation is not yours' : 'Loading…'}</h2>
              <p>${chat.current === null || chat.loaded ? 'They are all in the list.' : ''}</p>${chat.current === null ? null : html`<p><a href="#/">Back to the list</a></p>`}</div>`
            : this.conversation(chat, conversation)}
        </section>
        ${people && conversation !== null ? html`<${People} chat=${chat} conversation=${conversation} onClose=${this.togglePeople} onAdd=${() => this.setState({ dialog: 'add' })} />` : null}
      </main>
      ${dialog === 'new' ? html`<${NewConversation} chat=${chat} self=${chat.self} onClose=${close} />` : null}
      ${dialog === 'add' && conversation !== null ? html`<${AddPeople} chat=${chat} conversation=${conversation} onClose=${close} />` : null}
      ${dialog === 'menu' ? html`<${Menu} chat=${chat} notifier=${notifier} onClose=${close} onLeave=${onLeave} />` : null}`;
  }

  conversation(chat, conversation) {
    const typists = chat.typists(conversation);
    return html`
      <header class="head">
        <a class="icon back" href="#/" aria-label="Back to the list of conversations"><${Icon} name="back" /></a>
        <${Avatar} name=${conversation.peer ?? conversation.name} square=${!conversation.direct} online=${chat.isOnline(conversation.peer)} />
        <div class="who"><h2><bdi>${conversation.name}</bdi></h2><p class="about">${this.about(chat, conversation)}</p></div>
        <button type="button" class="icon" aria-label="People" title="People" aria-expanded=${this.state.people ? 'true' : 'false'} onClick=${this.togglePeople}><${Icon} name="people" /></button>
      </header>
      <${Timeline} key=${`${conversation.id}${conversation.opened}`} ref=${timeline => { this.timeline = timeline; }} conversation=${conversation} self=${chat.self} pending=${chat.pending(conversation)} online=${chat.online}
        onOlder=${() => chat.loadOlder(conversation)} onSeen=${() => chat.seen(conversation)} onJumped=${() => document.getElementById('composer')?.focus()}
        onRetry=${key => chat.retry(key)} onDiscard=${key => chat.discard(key)} />
      <div class="foot">
        <div class="typists" role="status">${typists.length === 0 ? null : html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><bdi>${several(typists)}</bdi> ${typists.length === 1 ? 'is' : 'are'} typing…`}</div>
        ${conversation.closed ? html`<p class="hint">You are no longer in this conversation.</p>`
          : html`<${Composer} key=${conversation.id} conversation=${conversation} self=${chat.self} focus=${!Phone.matches} onSend=${text => this.send(chat, conversation, text)} onTyping=${typing => chat.sayTyping(conversation, typing)} />`}
      </div>`;
  }

  about(chat, conversation) {
    if (!chat.online) return conversation.kind === 'public' ? 'Everybody' : '';
    if (conversation.direct) {
      const there = chat.presenceOf(conversation.peer);
      return there === undefined ? '' : there.online ? 'online' : lastSeen(there.lastSeenAt, Date.now());
    }
    if (conversation.people === null) return conversation.kind === 'public' ? 'Everybody' : 'Group';
    return conversation.kind === 'public' ? `Everybody · ${conversation.onlineCount} online` : `${count(conversation.people.size, 'person').replace('persons', 'people')} · ${conversation.onlineCount} online`;
  }

  send(chat, conversation, text) {
    chat.send(conversation, text);
    this.timeline?.toEnd();
  }

  opened = () => {
    const { chat } = this.props;
    const id = /^#\/c\/([\w-]+)$/.exec(location.hash)?.[1] ?? null;
    if (id === null && !Phone.matches) {
      location.replace(`#/c/${lastOpen.get(chat.self) ?? chat.lobby}`);
      return;
    }
    chat.open(id);
  };

  key = event => {
    if (event.defaultPrevented || this.state.dialog !== null) return;
    const writing = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) this.step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.altKey && event.code === 'KeyN') this.startNew();
    else if (event.key === '/' && !writing && !event.ctrlKey && !event.metaKey) document.getElementById('find')?.focus();
    else if (event.key === '?' && !writing) this.openMenu();
    else if (event.key === 'Escape') this.escape();
    else return;
    event.preventDefault();
  };

  escape() {
    if (this.state.people && matchMedia('(max-width: 1100px)').matches) this.setState({ people: false });
    const composer = document.getElementById('composer');
    if (document.activeElement === composer) this.timeline?.toEnd();
    else composer?.focus();
  }

  step(by) {
    const { chat } = this.props;
    const all = chat.sorted();
    const at = all.findIndex(conversation => conversation.id === chat.current);
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next !== undefined) location.hash = `#/c/${next.id}`;
  }

  startNew = () => this.setState({ dialog: 'new' });

  openMenu = () => this.setState({ dialog: 'menu' });

  togglePeople = () => {
    const people = !this.state.people;
    this.setState({ people });
    if (people) this.props.chat.askPeople();
  };

  skip = event => {
    event.preventDefault();
    document.getElementById(this.props.chat.current === null ? 'find' : 'composer')?.focus();
  };
}
