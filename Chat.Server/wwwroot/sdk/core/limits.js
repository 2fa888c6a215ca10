// Generated from Chat.Contracts.Protocol.ChatLimits by ContractsDriftTests; not to be edited.

/** The sizes that are part of the protocol. */
export const limits = Object.freeze({
  userIdLength: 255,
  dedupeKeyLength: 64,
  bodyBytes: 65536,
  attachmentUrlLength: 2048,
  attachmentMetaBytes: 16384,
  jsonDepth: 32,
  frameBytes: 1048576,
  messageSeconds: 30,
  participantsPerRequest: 1000,
  titleLength: 255,
  historyPage: 500,
  defaultHistoryPage: 50,
  pageBytes: 1048576,
  offset: 10000,
  listPage: 100,
  defaultListPage: 50,
  previewLength: 200,
  userNameLength: 255,
  usersPage: 100,
  presenceUsers: 1000,
});
