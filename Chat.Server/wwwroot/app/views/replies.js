// What leads from a message to its thread: who replied, how often, and when last.

import { html } from '../../vendor/htm-preact.js';
import { several } from '../people.js';
import { words } from '../words.js';
import { Avatar, Pure } from './small.js';

export class Replies extends Pure {
  render({ seq, replies, thread, onThread }) {
    const people = thread?.people ?? [], unread = thread?.unread?.count ?? 0;
    const names = people.length === 0 ? '' : `: ${several(people)}`;
    return html`
      <button type="button" class=${`replies${unread > 0 ? ' unread' : ''}`} onClick=${() => onThread(seq)}
        title=${words.openThread}>
        ${people.map(name => html`<${Avatar} key=${name} name=${name} small />`)}
        <span>${words.replies(replies.count)}<span class="hidden-text">${names}</span></span>
        ${unread > 0 ? html`<span class="badge">${words.repliesNew(unread)}</span>` : null}
      </button>`;
  }
}
