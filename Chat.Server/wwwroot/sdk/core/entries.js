// Reads entries of kinds that later versions added.

const known = new Set([
  'message',
  'conversationCreated',
  'participantsAdded',
  'participantRemoved',
  'roleChanged',
  'conversationChanged',
  'messageEdited',
  'messageDeleted',
  'contentErased',
  'pinned',
  'unpinned',
  'reactionsChanged',
]);

/**
 * The entry; an unknown kind becomes an UnknownEntry with the common properties.
 * @param {any} entry
 * @returns {import('../contracts.js').ConversationEntry}
 */
export function readEntry(entry) {
  if (known.has(entry.kind)) return entry;
  const { id, conversationId, sequence, senderId, createdAt } = entry;
  return { kind: 'unknown', id, conversationId, sequence, senderId, createdAt };
}

/** The same for all entries of a page. @param {any} page @returns {import('../contracts.js').HistoryPage} */
export function readPage(page) {
  return { ...page, entries: page.entries.map(readEntry) };
}
