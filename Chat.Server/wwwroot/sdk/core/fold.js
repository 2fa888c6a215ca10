/** @typedef {import('../contracts.js').ConversationEntry} ConversationEntry */

/**
 * What a message says after a change of it. Pure. The same as `MessageFold` of Chat.Contracts: the cases of
 * Chat.Tests/node/sdk/fold-cases.json hold both to it.
 * @template {ConversationEntry} T
 * @param {T} message as it was sent, or after an earlier change
 * @param {ConversationEntry | null} change the newest edit of it, or its deletion; another entry changes nothing
 * @returns {T}
 */
export function fold(message, change) {
  const entry = /** @type {any} */ (change);
  switch (entry?.kind) {
    case 'messageDeleted':
      return erased(message);
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
