// Who I am, and my conversations, the most recently active first.

import { html, Component } from '../../vendor/htm-preact.js';
import { preview } from '../text.js';
import { listTime } from '../time.js';
import { Avatar, Icon, Pure } from './small.js';

export class Sidebar extends Component {
  state = { find: '' };

  render({ chat, current, onNew, onMenu }, { find }) {
    const wanted = find.trim().toLocaleLowerCase();
    const found = chat.sorted().filter(conversation => wanted === '' || conversation.name.toLocaleLowerCase().includes(wanted));
    const reachable = found.find(conversation => conversation.id === current)?.id ?? found[0]?.id;
    return html`
      <nav class="side" aria-label="Conversations">
        <div class="me">
          <${Avatar} name=${chat.self} online=${chat.online} />
          <p class="my-name"><bdi>${chat.self}</bdi></p>
          <button type="button" class="icon" aria-label="New conversation" title="New conversation (Alt+N)" onClick=${onNew}><${Icon} name="add" /></button>
          <button type="button" class="icon" aria-label="Settings and help" title="Settings and help (?)" onClick=${onMenu}><${Icon} name="more" className="bold" /></button>
        </div>
        <div class="find">
          <label class="hidden-text" for="find">Find a conversation</label>
          <input id="find" type="search" placeholder="Find a conversation" autocomplete="off" value=${find} onInput=${event => this.setState({ find: event.currentTarget.value })} onKeyDown=${this.findKey} />
        </div>
        <ul class="list" onKeyDown=${this.listKey}>
          ${found.map(conversation => html`<${Entry} key=${conversation.id} ...${this.facts(conversation)} current=${conversation.id === current} reachable=${conversation.id === reachable} />`)}
          ${found.length > 0 ? null : html`<li class="none">${chat.loaded ? 'No conversation has this name.' : 'Loading…'}</li>`}
        </ul>
      </nav>`;
  }

  facts(conversation) {
    const { chat } = this.props;
    const newest = conversation.newest;
    const by = newest === null || newest.type === 'note' || conversation.direct && newest.sender !== chat.self ? '' : newest.sender === chat.self ? 'You: ' : `${newest.sender}: `;
    return {
      id: conversation.id,
      name: conversation.name,
      face: conversation.peer ?? conversation.name,
      square: !conversation.direct,
      online: chat.isOnline(conversation.peer),
      last: newest === null ? 'No messages yet' : by + (preview(newest.body) || 'Attachment'),
      typing: chat.typists(conversation).length > 0,
      time: newest === null ? '' : listTime(newest.at, Date.now()),
      unread: conversation.unread,
    };
  }

  findKey = event => {
    if (event.key === 'Escape') {
      this.setState({ find: '' });
      event.stopPropagation();
      document.getElementById('composer')?.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      const first = document.querySelector('.side .entry');
      if (first === null) return;
      event.preventDefault();
      if (event.key === 'Enter') first.click();
      else first.focus();
    }
  };

  listKey = event => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.altKey) return;
    const links = [...event.currentTarget.querySelectorAll('.entry')];
    const at = links.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    links[Math.max(0, Math.min(links.length - 1, at + step))].focus();
  };
}

// What is open already is gone on with.
const write = () => document.getElementById('composer')?.focus();

class Entry extends Pure {
  render({ id, name, face, square, online, last, typing, time, unread, current, reachable }) {
    return html`
      <li>
        <a class=${`entry${unread > 0 ? ' unread' : ''}`} href=${`#/c/${id}`} aria-current=${current ? 'page' : null} onClick=${current ? write : null} tabindex=${reachable ? 0 : -1}>
          <${Avatar} name=${face} online=${online} square=${square} />
          <span class="what">
            <span class="line"><bdi class="name">${name}</bdi><time>${time}</time></span>
            <span class="line">${typing ? html`<span class="last typing">typing…</span>` : html`<span class="last" dir="auto">${last}</span>`}
              ${unread > 0 ? html`<span class="badge"><span aria-hidden="true">${unread > 99 ? '99+' : unread}</span><span class="hidden-text">${unread} unread</span></span>` : null}</span>
          </span>
          ${online === null ? null : html`<span class="hidden-text">${online ? 'online' : 'offline'}</span>`}
        </a>
      </li>`;
  }
}
