// Who I am, and my conversations, the most recently active first.

import { html, Component } from '../../vendor/htm-preact.js';
import { shownUser } from '../profiles.js';
import { listTime } from '../time.js';
import { oneLineOf, seenWords, words } from '../words.js';
import { later } from './later.js';
import { whoOf } from './row.js';
import { Avatar, Icon, Pure, isComposing } from './small.js';

const ArchivedGroup = later(() => import('./archived.js').then(file => file.ArchivedGroup));

export class Sidebar extends Component {
  state = { find: '' };

  render({ chat, current, onNew, onMenu, onMentions }, { find }) {
    const wanted = find.trim().toLocaleLowerCase();
    const found = chat.conversations.sorted()
      .filter(conversation => wanted === '' || conversation.name.toLocaleLowerCase().includes(wanted));
    const archived = found.filter(conversation => conversation.isArchived), now = chat.time.now();
    const others = found.filter(conversation => !conversation.isArchived);
    const reachable = others.find(conversation => conversation.id === current)?.id ?? others[0]?.id;
    const draw = all => all.map(conversation => html`
      <${Entry} key=${conversation.id} ...${facts(chat, conversation, now)} current=${conversation.id === current}
        reachable=${conversation.id === reachable} />`);
    return html`
      <nav class="side" aria-label=${words.conversations}>
        <div class="me">
          <${Avatar} name=${chat.self} online=${chat.online} />
          <p class="my-name" title=${shownUser(chat.self)}><bdi>${shownUser(chat.self)}</bdi></p>
          <button type="button" class="icon at" aria-label=${words.mentions} title=${words.mentions}
            onClick=${onMentions}>@</button>
          <button type="button" class="icon" aria-label=${words.newConversation} title=${words.newConversationTip}
            onClick=${onNew}><${Icon} name="add" /></button>
          <button type="button" class="icon" aria-label=${words.settings} title=${words.settingsTip}
            onClick=${onMenu}><${Icon} name="more" className="bold" /></button>
        </div>
        <div class="find">
          <label class="hidden-text" for="find">${words.find}</label>
          <input id="find" type="search" placeholder=${words.find} autocomplete="off" value=${find}
            onInput=${event => this.setState({ find: event.currentTarget.value })} onKeyDown=${this.findKey} />
        </div>
        <ul class="list" onKeyDown=${this.listKey}>
          ${draw(others)}
          ${archived.length === 0 ? null : html`
            <${ArchivedGroup} count=${archived.length} isFound=${wanted !== ''} draw=${() => draw(archived)} />`}
          ${found.length > 0 ? null : html`<li class="none">${chat.loaded ? words.noneFound : words.loading}</li>`}
        </ul>
      </nav>`;
  }

  findKey = event => {
    if (isComposing(event)) return;
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

function facts(chat, conversation, now) {
  const { newest } = conversation;
  return {
    id: conversation.id,
    name: conversation.name,
    face: conversation.peer ?? conversation.name,
    square: !conversation.direct,
    url: conversation.avatarUrl,
    online: chat.isOnline(conversation.peer),
    last: newest === null ? words.noMessages : lineOf(conversation, newest),
    typing: conversation.typists.length > 0,
    time: newest === null ? '' : listTime(newest.at, now),
    unread: conversation.unread,
    muted: conversation.muted,
    mentioned: conversation.isMentioned,
  };
}

const lines = new WeakMap();

// Worked out once per name: the list is drawn often, and may be long.
function lineOf(conversation, item) {
  const isSelf = item.sender === conversation.self;
  const by = isSelf && item.type === 'message' ? words.you : whoOf(item);
  const known = lines.get(item);
  if (known?.by === by) return known.line;
  const text = item.type === 'hidden' ? '' : oneLineOf(item);
  // A name from right to left leaves the rest as it is.
  const who = isSelf ? by : `\u2068${by}\u2069`;
  const line = item.type !== 'message' || (conversation.direct && !isSelf) ? text : words.by(who, text);
  lines.set(item, { by, line });
  return line;
}

// What is open already is gone on with.
const write = () => document.getElementById('composer')?.focus();

class Entry extends Pure {
  render({ id, name, face, square, url, online, last, typing, time, unread, muted, mentioned, current, reachable }) {
    const kind = muted ? ' muted' : unread > 0 ? ' unread' : '';
    return html`
      <li>
        <a class=${`entry${kind}`} href=${`#/c/${id}`} title=${name} aria-current=${current ? 'page' : null}
          onClick=${current ? write : null} tabindex=${reachable ? 0 : -1}>
          <${Avatar} name=${face} url=${url} online=${online} square=${square} />
          <span class="what">
            <span class="line"><span class="name" dir="auto">${name}</span><time dir="auto">${time}</time></span>
            <span class="line">
              ${typing ? html`<span class="last typing">${words.typingShort}</span>`
                : html`<span class="last" dir="auto">${last}</span>`}
              ${muted ? html`<span class="is-muted" title=${words.muted}><${Icon} name="muted" />
                <span class="hidden-text">${words.muted}</span></span>` : null}
              ${mentioned ? html`<span class="badge"><span aria-hidden="true">@</span>
                <span class="hidden-text">${words.mentioned}</span></span>` : null}
              ${unread > 0 ? html`<span class="badge"><span aria-hidden="true">${unread > 99 ? '99+' : unread}</span>
                <span class="hidden-text">${words.unread(unread)}</span></span>` : null}</span>
          </span>
          ${online === null ? null : html`
            <span class="hidden-text">${online ? seenWords.online : seenWords.offline}</span>`}
        </a>
      </li>`;
  }
}
