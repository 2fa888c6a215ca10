/** @typedef {import('../contracts.js').ConversationEntry} ConversationEntry */

/**
 * What a message says after a change of it. Pure. The same as `MessageFold` of Chat.Contracts: the cases of
 * Chat.Tests/node/sdk/fold-cases.json hold both to it.
 * @template {ConversationEntry} T
 * @param {T} message as it was sent, or after an earlier change
 * @param {ConversationEntry | null} change the newest edit of it, its deletion or an erasure; another entry changes
 *   nothing
 * @returns {T}
 */
export function fold(message, change) {
  const entry = /** @type {any} */ (change);
  switch (entry?.kind) {
    case 'messageDeleted':
      return erased(message);
    case 'contentErased':
      return concerns(entry, message) ? erased(message) : message;
    case 'messageEdited': {
      if (entry.erased) return erased(message);
      const { body = null, attachmentUrl = null, attachmentMeta = null, attachments = null, mentions = null } = entry;
      return { ...message, body, attachmentUrl, attachmentMeta, attachments, mentions };
    }
    default:
      return message;
  }
}

/**
 * The message as a page of what is shown says beside it. Pure. Entries behind the head of the page change it further.
 * @template {ConversationEntry} T
 * @param {T} message as it was sent, and as the page has it
 * @param {import('../contracts.js').CurrentMessage | null | undefined} current what became of it; none: nothing
 * @returns {T}
 */
export function foldCurrent(message, current) {
  if (!current || current.version <= current.sequence) return message;
  const { body = null, attachmentUrl = null, attachmentMeta = null, attachments = null, mentions = null } = current;
  // An edit says something: one that says nothing was erased.
  if (current.deleted || (body === null && attachmentUrl === null)) return erased(message);
  return { ...message, body, attachmentUrl, attachmentMeta, attachments, mentions };
}

/** @template {ConversationEntry} T @param {T} message @returns {T} */
const erased = (message) => ({
  ...message, body: null, attachmentUrl: null, attachmentMeta: null, attachments: null, mentions: null, erased: true,
});

/**
 * Whether a deletion or an erasure takes the content of an earlier entry: of a message, of an edit where it takes that
 * of its message, and of a deletion, which may say why. Any other entry takes none.
 * @param {any} change @param {any} entry
 */
export function concerns({ kind, targetSequence, throughSequence, userId, sequence }, entry) {
  const isEdit = entry.kind === 'messageEdited', place = isEdit ? entry.targetSequence : entry.sequence;
  if (!isEdit && entry.kind !== 'message' && entry.kind !== 'messageDeleted') return false;
  if (kind === 'messageDeleted') return entry.kind !== kind && place === targetSequence;
  if (kind !== 'contentErased') return false;
  return throughSequence != null ? place <= throughSequence : entry.senderId === userId && place < sequence;
}

/** What is left of an entry whose content is gone. @param {any} entry */
export const without = (entry) => (entry.kind === 'messageDeleted' ? { ...entry, reason: null } : erased(entry));

/**
 * How many users have put which reactions to a message, after an entry about it. Pure; entries come in the order of
 * the log, behind the `head` of the page that the counts came with.
 * @template T
 * @param {readonly T[]} counts before it
 * @param {ConversationEntry | null} change
 * @returns {readonly T[]}
 */
export function foldCounts(counts, change) {
  const entry = /** @type {any} */ (change);
  if (entry?.kind === 'messageDeleted') return [];
  if (entry?.kind !== 'reactionsChanged') return counts;
  return entry.erased ? [] : entry.counts;
}

/**
 * A user's own reactions to a message, after an entry about it. Where that names nobody they stay as they are: receipts
 * and the signal `ownReactions` tell them. Pure.
 * @param {readonly string[]} mine before it
 * @param {ConversationEntry | null} change
 * @param {string} user
 * @returns {readonly string[]}
 */
export function foldOwnReactions(mine, change, user) {
  const entry = /** @type {any} */ (change);
  if (entry?.kind === 'messageDeleted') return [];
  if (entry?.kind !== 'reactionsChanged' || !entry.changes) return mine;
  return entry.changes.find((/** @type {any} */ one) => one.userId === user)?.keys ?? mine;
}
