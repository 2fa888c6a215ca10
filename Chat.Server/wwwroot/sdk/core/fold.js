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

/** @template {ConversationEntry} T @param {T} message @returns {T} */
const erased = (message) => ({
  ...message, body: null, attachmentUrl: null, attachmentMeta: null, attachments: null, mentions: null, erased: true,
});
