// What can be done with a message.

import { may } from '../../sdk/chat-client.js';
import { html } from '../../vendor/htm-preact.js';
import { inTone } from '../emoji/chosen.js';
import { usual } from '../emoji/emoji.js';
import { linkTo } from '../links.js';
import { choose, toggle } from '../reacting.js';
import { ownIn } from '../reactions.js';
import { words } from '../words.js';
import { Menu } from './menu.js';
import { reactionWords } from './reaction-words.js';
import { copied } from './small.js';

/** @param {{talk: import('./talk.js').Talk, item: import('../log.js').Item, at: Element, onClose: () => void}} props */
export const Acts = ({ talk, item, at, onClose }) => html`
  <${Menu} label=${words.messageActs} acts=${actsOf(talk, item, at)} quick=${quickOf(talk, item)}
    at=${at} onClose=${onClose} />`;

/** @returns {import('./menu.js').Act[]} */
function actsOf(talk, item, at) {
  const { stream, props: { chat, conversation, onAsk } } = talk, { kind } = conversation;
  const { closed, isOpen } = conversation, isThere = !item.deleted, isMain = stream === conversation;
  const { pinned, seq } = item, pin = () => chat.pin(conversation, seq, !pinned);
  const openThread = () => talk.openThread(item.thread ?? seq);
  const changes = talk.mayChange(item), role = chat.roleIn(conversation);
  const deletes = changes || (!closed && isThere && may('deleteOthers', kind, role));
  return [
    isOpen && isThere && { name: 'react', label: reactionWords().add, act: () => choose(talk, seq, at) },
    isOpen && isThere && { name: 'reply', label: words.reply, act: () => talk.startReplying(item) },
    isMain && (isOpen || item.replies) && { name: 'thread', label: words.replyInThread, act: openThread },
    { name: 'link', label: words.copyLink, act: () => copyLink(chat, stream, item) },
    isOpen && isThere && may('pin', kind, role) && { name: 'pin', label: pinned ? words.unpin : words.pin, act: pin },
    !closed && (isMain || chat.side.isFollowed(stream)) && { name: 'unread', label: words.markUnread,
      act: () => (isMain ? chat.markUnread(conversation, seq) : chat.side.markUnread(stream, seq)) },
    isMain && kind !== 'public' && isThere
      && { name: 'readers', label: words.readers, act: () => onAsk('readers', item) },
    !closed && item.sender !== chat.self
      && { name: 'report', label: words.report, isGrave: true, act: () => talk.setState({ reported: item }) },
    talk.mayEdit(item) && { name: 'edit', label: words.edit, act: () => talk.startEditing(item) },
    deletes && { name: 'delete', label: words.delete, isGrave: true, act: () => onAsk('delete', item) },
  ].filter(Boolean);
}

/** Reactions that are used most. @returns {import('./menu.js').Act[]} */
function quickOf(talk, { seq, deleted, reactions }) {
  const { chat, conversation } = talk.props, said = reactionWords();
  if (deleted || !conversation.isOpen) return [];
  const own = ownIn(reactions, chat.reacting(conversation).get(seq) ?? null);
  return inTone(usual).map(emoji => ({
    name: emoji, emoji, isMine: own.includes(emoji), act: () => toggle(talk, seq, emoji),
    label: own.includes(emoji) ? said.takeBack(emoji) : said.react(emoji),
  }));
}

async function copyLink(chat, stream, { seq }) {
  chat.attention.say(await copied(linkTo(stream.place, seq)) ? words.copied : words.notCopied);
}
