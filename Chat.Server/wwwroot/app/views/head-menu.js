// What can be done with the conversation that is open.

import { may } from '../../sdk/chat-client.js';
import { html } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Menu } from './menu.js';

/** @param {{chat: any, conversation: any, at: Element, onAsk: (dialog: string) => void, onClose: () => void}} props */
export function HeadMenu({ chat, conversation, at, onAsk, onClose }) {
  const { kind, closed, muted, isArchived } = conversation, role = chat.roleIn(conversation);
  const mayChange = !closed && may('changeSettings', kind, role);
  const acts = [
    { name: 'threads', label: words.threads, act: () => chat.openBeside('threads') },
    { name: 'pins', label: words.pins, act: () => chat.openBeside('pins') },
    { name: 'date', label: words.toDate, act: () => onAsk('date') },
    !closed && { name: 'mute', label: muted ? words.unmute : words.mute, act: () => chat.setMuted(conversation) },
    mayChange && { name: 'settings', label: words.aboutIt, act: () => onAsk('about') },
    mayChange && { name: 'archive', label: isArchived ? words.unarchive : words.archive,
      act: () => chat.archive(conversation, !isArchived) },
    !closed && may('leave', kind, role)
      && { name: 'leave', label: words.leave, isGrave: true, act: () => onAsk('leave') },
  ];
  return html`<${Menu} label=${words.more} acts=${acts.filter(Boolean)} at=${at} onClose=${onClose} />`;
}
