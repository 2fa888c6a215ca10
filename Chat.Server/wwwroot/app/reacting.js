// Puts the user's reactions to messages, and says why not where it cannot.

import { shownUser } from './profiles.js';
import { ownIn, shownOf, toggled, withOwn } from './reactions.js';
import { problemOf, reactionWords, whyNot } from './views/reaction-words.js';
import { words } from './words.js';

/** So many names are shown; of the others how many they are. */
const MostNames = 12;

/** @typedef {import('./views/talk.js').Talk} Talk */

/** A message as it is held, and what of it waits to be stored. @param {Talk} talk @param {number} seq */
function stateOf({ props: { chat, conversation } }, seq) {
  const { reactions = null } = conversation.itemAt(seq) ?? {}, wanted = chat.reacting(conversation).get(seq) ?? null;
  return { own: ownIn(reactions, wanted), shown: shownOf(reactions, wanted) };
}

/** Adds a reaction, or takes it back. @param {Talk} talk @param {number} seq @param {string} key */
export async function toggle(talk, seq, key) {
  const { chat, conversation } = talk.props, { own, shown } = stateOf(talk, seq);
  const problem = !conversation.isOpen ? reactionWords().mayNot : problemOf(shown, own, key);
  if (problem !== null) return refuse(talk, seq, problem);
  talk.setState({ problem: null });
  const stored = chat.client.setReactions(conversation.id, seq, toggled(own, key));
  chat.changed();
  try {
    const { keys } = await stored;
    conversation.change(seq, held => (held.deleted ? held : { ...held, reactions: withOwn(held.reactions, keys) }));
    chat.changed();
  } catch (error) {
    if (error.name === 'ChatRefusedError') refuse(talk, seq, whyNot(error));
  }
}

function refuse(talk, seq, text) {
  talk.setState({ problem: { seq, text } });
  talk.props.chat.attention.say(reactionWords().notSaved(text));
}

/** Asks which one. @param {Talk} talk @param {number} seq @param {Element} at */
export function choose(talk, seq, at) {
  talk.setState({ choosing: { at, own: stateOf(talk, seq).own, onChoose: key => toggle(talk, seq, key) } });
}

/**
 * Who has put a reaction.
 * @param {Talk} talk @param {number} seq @param {{key: string, count: number}} reaction @param {AbortSignal} signal
 * @returns {Promise<{names: string[], more: number}>}
 */
export async function whoReacted({ props: { chat, conversation } }, seq, { key, count }, signal) {
  const { users } = await chat.client.reactions(conversation.id, seq, { key, signal });
  const ids = users.map(({ userId }) => userId), others = ids.filter(id => id !== chat.self).map(shownUser);
  const first = [...others.length < ids.length ? [words.you] : [], ...others].slice(0, MostNames);
  return { names: first, more: Math.max(ids.length, count) - first.length };
}
