// Reads entries of kinds that came after this version.

const known = new Set(['message', 'conversationCreated', 'participantsAdded', 'participantRemoved', 'conversationRenamed',
  'messageEdited', 'messageDeleted', 'reaction']);

/**
 * The entry; of a kind that is not known here an UnknownEntry, with what all entries have in common.
 * @param {any} entry
 * @returns {import('../contracts.js').ConversationEntry}
 */
export function readEntry(entry) {
  if (known.has(entry.kind)) return entry;
  const { id, conversationId, sequence, senderId, createdAt } = entry;
  return { kind: 'unknown', id, conversationId, sequence, senderId, createdAt };
}

/** The same of all entries of a page. @param {any} page @returns {import('../contracts.js').HistoryPage} */
export function readPage(page) {
  return { ...page, entries: page.entries.map(readEntry) };
}
