import type {
  ChangeConversation, ConversationEntry, ConversationId, ConversationKind, ConversationSummary, EditMessage,
  CurrentMessage, HistoryPage, ParticipantRole, ParticipantsPage, ParticipantsQuery, PresenceChange, PresenceSnapshot,
  SetRole, ReadPosition, SendOptions, SendReceipt, TypingChange, UserId,
  OwnReactions, ReactionCount, ReactionReceipt, ReactionsPage,
  CallerIdentity, Mention, MentionsQuery, Pin, ThreadSummary, ThreadsQuery,
  OpenReport, ReportContent, ReportOutcome, ReportsChange, ReportsQuery,
  UserProfile,
} from './contracts.js';

export type * from './contracts.js';

/** The public conversation that every server has. */
export const lobby: ConversationId;

export interface ChatClientOptions {
  /** The server's address, for instance `https://chat.example.com`. Default in a browser: the origin of the page. */
  url?: string;
  /** The user id. With a token it may be left out; given, it must be the token's, and the outbox opens at once. */
  userId?: UserId;
  /** The tenant of `userId`, where it is not `default`. */
  tenant?: string;
  /**
   * Asked for a token once per token: at the start, before the last one ends (at a random moment, when 70 to 90 % of
   * what it had left are over), and when the server does not take it any more. Null: the user is signed out
   * (`signedOut`). The connection goes on with the new token, without a gap.
   */
  accessToken?: (reason: AccessTokenReason) => string | null | Promise<string | null>;
  /**
   * Where accepted messages are kept until they have a receipt. Default: `IndexedDbOutboxStore` where there is
   * IndexedDB, else memory.
   */
  outbox?: OutboxStore;
  /** `@microsoft/signalr`, if not the one in the package. */
  signalR?: unknown;
  /**
   * Upper bounds of the delay before attempt n: `firstDelay`·2ⁿ, at most `maxDelay`; the delay is a random part of
   * it.
   * Milliseconds; defaults 1,000 and 30,000.
   */
  reconnect?: { firstDelay?: number; maxDelay?: number };
  /** Longest time of an attempt to connect in milliseconds. Default 15,000. */
  connectTimeout?: number;
  /** Maximum number of messages per conversation that are under way at once. Default 32. */
  sendWindow?: number;
  /** Number of newest entries kept in memory per followed conversation, about 4 MiB at most. Default 1,000. */
  keepEntries?: number;
  /** Time and random numbers, for tests. */
  clock?: Clock;
}

/**
 * `start`: there was none yet. `expiring`: its time is soon over; the same one again says that there is no other yet.
 * `expired`: its time is over. `refused`: the server does not take it.
 */
export type AccessTokenReason = 'start' | 'expiring' | 'expired' | 'refused';

export interface Clock {
  now(): number;
  random(): number;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

/**
 * `stopped`: not started, or stopped. `connecting`: the first attempt is under way. `connected`. `reconnecting`: an
 * attempt is under way. `waiting`: there is no connection; the next attempt is at `nextAttemptAt`. `failed`: the client
 * gave up, because the server refuses it (`reason`): with 400, or with 401 or 403 five times in a row, before the first
 * connection; or because it does not want this user (`ChatConnectError.code`). `signedOut`: `accessToken` has no token
 * any more, the server took neither the last one nor the one after it, or `signOut()` was called; `start()` asks again.
 */
export type ConnectionState =
  'stopped' | 'connecting' | 'connected' | 'reconnecting' | 'waiting' | 'failed' | 'signedOut';

export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Why there is no connection; null while there is one. */
  readonly reason: Error | null;
  /** When the next attempt is, in milliseconds like `Date.now()`; only while `waiting`. */
  readonly nextAttemptAt: number | null;
  /** False when the browser reports that there is no network. */
  readonly online: boolean;
}

/** What a message may have besides its text. The client generates its dedupe key. */
export type SendMessage = Omit<SendOptions, 'dedupeKey'>;

/** What a message is to say from now on: it replaces all that the message said. The client generates its dedupe key. */
export type MessageEdit = Omit<EditMessage, 'dedupeKey'>;

/** Which message is changed. */
export interface ChangeTarget {
  /** The message's sequence. Null while the message itself waits in the outbox. */
  readonly targetSequence: number | null;
  /** Of a message that was not stored yet when it was changed: its `id` in the outbox. */
  readonly targetKey?: string;
}

/** What is to happen to a message. */
export type MessageChange = ChangeTarget & (
  | ({ readonly kind: 'edit' } & MessageEdit)
  | { readonly kind: 'delete'; readonly reason?: string | null }
  | { readonly kind: 'reactions'; readonly keys: readonly string[] });

/** A message, or a change of one, that was accepted and has no receipt yet. */
export interface PendingMessage {
  /** Its dedupe key; its entry has the same `dedupeKey`. */
  readonly id: string;
  readonly conversationId: ConversationId;
  readonly body: string | null;
  readonly options: SendMessage;
  /** When it was accepted, in milliseconds like `Date.now()`. */
  readonly createdAt: number;
  /** `pending`: it will be sent. `failed`: refused (`error`); `retry` it or `discard` it. */
  readonly state: 'pending' | 'failed';
  readonly error: { code: string; message: string } | null;
  /** True once it was passed to a connection, or may have been by an earlier page: the server may have stored it. */
  readonly mayBeStored: boolean;
  /** Null: it is a message. Otherwise what is to happen to one: then `body` is null. */
  readonly change: MessageChange | null;
}

export interface OutboxChange {
  readonly type: 'added' | 'sent' | 'failed' | 'retried' | 'discarded';
  readonly message: PendingMessage;
  /** Only with `sent`; that of reactions where `message.change` says so. */
  readonly receipt: SendReceipt | ReactionReceipt | null;
}

/** A pending message. `await` it for its receipt; it rejects when the message is refused or discarded. */
export interface SentMessage extends Promise<SendReceipt> {
  readonly message: PendingMessage;
}

/** Reactions that are accepted as a message is. */
export interface SentReactions extends Promise<ReactionReceipt> {
  readonly message: PendingMessage;
}

export interface ChatClientEvents {
  status: ConnectionStatus;
  /** Another user started or stopped typing in a followed conversation. */
  typing: TypingChange;
  readPosition: ReadPosition;
  presence: PresenceChange;
  /** The user has other reactions to a message, set on another device, in a followed conversation. It may be lost. */
  ownReactions: OwnReactions;
  /**
   * The user was removed from a conversation that is read or followed. `conversations` reports when the user is added
   * again.
   */
  conversationClosed: ConversationId;
  /**
   * The server's log was put back to an earlier state, after a failure or from a backup: what was shown after this
   * sequence no longer exists.
   */
  discontinuity: { conversationId: ConversationId; after: number };
  /**
   * The whole list again, after a reconnect or when a conversation was closed. This and the next two come after
   * `conversations()` was called.
   */
  conversations: ConversationSummary[];
  /**
   * A conversation is new, or its newest entry, unread count, title or mute changed; at most once per second and
   * conversation. For followed conversations, only changes that their entries do not show.
   */
  conversationChanged: ConversationSummary;
  /** The user is no longer a participant. */
  conversationRemoved: ConversationId;
  /** A user has another name, or none any more. Comes once `users()` was called; after a reconnect, ask again. */
  userChanged: UserProfile;
  /**
   * There is another open report that the user may see, or one less. Comes once `reports()` was called; after a
   * reconnect, ask again.
   */
  reportsChanged: ReportsChange;
  outbox: OutboxChange;
  /** `isOutboxKept` changed. */
  outboxKept: boolean;
}

export interface FollowHandlers {
  /** The last sequence seen: all entries after it come. Null or left out: only new entries. */
  after?: number | null;
  /** The entry at `after`, if known: it shows whether the log was put back in the meantime. */
  afterEntry?: ConversationEntry | null;
  /**
   * The log was put back: drop what was shown after this sequence. The entries that follow come next, at sequences that
   * were used before.
   */
  onDiscontinuity?(place: { after: number }): void;
  /**
   * Entries in ascending order, each once, without a hole. At most one call per frame in a browser. `behind`: how many
   * more are known to come.
   */
  onEntries(entries: ConversationEntry[], info: { behind: number }): void;
  /** Joined; called again after every reconnect. The time to request presence and read positions. */
  onJoined?(info: { head: number; behind: number }): void;
  /** All existing entries were passed on; called again after every reconnect. */
  onCaughtUp?(): void;
  /** Typing, read positions and presence of this conversation. */
  onSignal?(
    signal:
      | { type: 'typing'; value: TypingChange }
      | { type: 'readPosition'; value: ReadPosition }
      | { type: 'presence'; value: PresenceChange }
      | { type: 'ownReactions'; value: OwnReactions },
  ): void;
  /** The last call: the user was removed (null), the server refused, or the client was stopped or gave up. */
  onEnd?(error: Error | null): void;
}

export interface Following {
  /** The last sequence that was passed on; null until the conversation is joined. */
  readonly cursor: number | null;
  close(): void;
}

export interface CallOptions { signal?: AbortSignal }

/**
 * The connection of one user, always restored: entries are read in order and once, and messages are kept until they are
 * sent.
 */
export class ChatClient {
  constructor(options?: ChatClientOptions);
  /** Where only the token says it: undefined until the first connection. */
  readonly userId: UserId | undefined;
  /** Likewise; `default` until then. */
  readonly tenant: string;
  readonly status: ConnectionStatus;
  /**
   * Whether messages in the outbox survive this client. False while its store fails or hangs, and with a store in
   * memory: messages are still sent, but those that wait are lost with the page. The event `outboxKept` reports
   * changes.
   */
  readonly isOutboxKept: boolean;
  /**
   * Connects, and stays connected. Resolves when the outbox of earlier pages is loaded, after 3 seconds at the latest;
   * it does not wait for the connection.
   */
  start(): Promise<void>;
  /**
   * Disconnects, and ends readers and followers with `ChatStoppedError`. Waiting messages stay in the outbox's store.
   */
  stop(): Promise<void>;
  /**
   * Disconnects; the state is `signedOut` until `start()`. With `clear`, what waits in the user's outbox is discarded,
   * also what other clients left in its store.
   */
  signOut(options?: { clear?: boolean }): Promise<void>;
  /** Tries to connect now instead of at the next attempt, also when it has `failed`. */
  reconnectNow(): void;
  /** Resolves once connected; rejects when the server refuses this client, or the client is stopped. */
  whenConnected(options?: CallOptions): Promise<void>;
  /** Returns a function that removes the listener. */
  on<K extends keyof ChatClientEvents>(event: K, listener: (value: ChatClientEvents[K]) => void): () => void;

  /** Entries one by one, across reconnects, until the user is removed. */
  read(
    conversation: ConversationId,
    options?: { after?: number | null; signal?: AbortSignal },
  ): AsyncGenerator<ConversationEntry, void, void>;
  /** The same with callbacks and in batches, for user interfaces. */
  follow(conversation: ConversationId, handlers: FollowHandlers): Following;

  history(
    conversation: ConversationId,
    query?: { before?: number; after?: number; limit?: number } & CallOptions,
  ): Promise<HistoryPage>;
  /**
   * A page of the user's conversations and the lobby, the most recently active first: the first `limit` (50), or those
   * after the conversation with this `cursor`. From then on events report changes.
   */
  conversations(query?: { cursor?: string; limit?: number } & CallOptions): Promise<ConversationSummary[]>;
  /** All conversations, page by page; those that become active meanwhile may come again. */
  conversationPages(options?: CallOptions): AsyncGenerator<ConversationSummary[], void, void>;
  createConversation(command: {
    participantIds: UserId[];
    kind?: ConversationKind;
    title?: string | null;
  }): Promise<ConversationSummary>;
  addParticipants(conversation: ConversationId, users: UserId[]): Promise<void>;
  removeParticipant(conversation: ConversationId, user: UserId): Promise<void>;
  /** A page of the participants with their roles, by id, and the caller's own role. */
  participants(conversation: ConversationId, query?: ParticipantsQuery & CallOptions): Promise<ParticipantsPage>;
  /** Gives a user another role: `blocked` bans, `readonly` mutes. `may` says who may. */
  setRole(conversation: ConversationId, command: SetRole): Promise<void>;
  /** Changes title and settings. */
  changeConversation(conversation: ConversationId, command: ChangeConversation): Promise<void>;
  markRead(conversation: ConversationId, sequence: number): Promise<void>;
  /** This entry and all behind it are unread, for the user alone, until the next `markRead`. */
  markUnread(conversation: ConversationId, sequence: number): Promise<void>;
  /** Whether the user wants notifications of the conversation while not connected. */
  setMuted(conversation: ConversationId, isMuted?: boolean): Promise<void>;
  readPositions(conversation: ConversationId, options?: CallOptions): Promise<ReadPosition[]>;
  /**
   * Shows the others that the user is typing. Call it at every key: it is sent at most every 3 seconds, and not at all
   * without a connection.
   */
  typing(conversation: ConversationId, isTyping?: boolean): void;
  getPresence(conversation?: ConversationId | null, options?: CallOptions): Promise<PresenceSnapshot>;
  /** Whom the server takes this client for. */
  me(options?: CallOptions): Promise<CallerIdentity>;

  /**
   * The names of users, at most 100, who share a group or direct conversation with this one; the others are left out.
   * From then on `userChanged` says who has another name.
   */
  users(ids: UserId[], options?: CallOptions): Promise<UserProfile[]>;

  /**
   * From now on this user and the other have nothing to do with each other: neither writes to the other directly, adds
   * the other to a conversation, or is shown when the other types, comes or goes. The other is not told.
   */
  block(user: UserId): Promise<void>;
  /** Takes back this user's block. The other user's own block, if there is one, stays. */
  unblock(user: UserId): Promise<void>;
  /** Whom this user has blocked. Who has blocked this user is not said. */
  blocks(options?: CallOptions): Promise<UserId[]>;
  /**
   * Reports a message (`sequence`) or a user (`userId`) of a conversation to its moderators. Nobody else is told, and
   * never who it was. The same once more, while it is open, changes nothing.
   */
  report(conversation: ConversationId, content: ReportContent): Promise<void>;
  /**
   * A page of the open reports, the oldest first: of a conversation of which the user is an owner or a moderator; or of
   * all (null), for moderators of the tenant. From then on `reportsChanged` reports changes.
   */
  reports(conversation?: ConversationId | null, query?: ReportsQuery & CallOptions): Promise<OpenReport[]>;
  /** Closes a report that the user is shown. One that is closed already stays as it is. */
  closeReport(report: number, outcome: ReportOutcome): Promise<void>;

  /** A page of the threads of a conversation, the one with the newest reply first. */
  threads(conversation: ConversationId, options?: ThreadsQuery & CallOptions): Promise<ThreadSummary[]>;
  /** Follows a thread, which is named by its first message or by a reply, or no longer. */
  followThread(conversation: ConversationId, thread: number, isFollowing?: boolean): Promise<void>;
  /** Moves the user's position in a thread that the user follows; never back. */
  markThreadRead(conversation: ConversationId, thread: number, sequence: number): Promise<void>;
  /** This entry and all replies behind it are unread, for the user alone, until the next `markThreadRead`. */
  markThreadUnread(conversation: ConversationId, thread: number, sequence: number): Promise<void>;
  /** Pins a message for everybody, or takes its pin away. */
  setPinned(conversation: ConversationId, target: number, isPinned?: boolean): Promise<SendReceipt>;
  /** The pinned messages, the one that was pinned last first. */
  pins(conversation: ConversationId, options?: CallOptions): Promise<Pin[]>;
  /** A page of the messages that name this user, in all conversations, the newest first. */
  mentions(options?: MentionsQuery & CallOptions): Promise<Mention[]>;

  /** Accepts a message at once and sends it as soon as possible, in the order of the calls, once. */
  send(conversation: ConversationId, body: string | null, options?: SendMessage): SentMessage;
  /**
   * Lets a message of this user's say something else; earlier versions stay (`versions`). It is accepted at once and
   * goes in the order of the calls, with messages and other changes. Refused with `gone` where the message was deleted,
   * and with `conflict` where it has another version (`ChatRefusedError.version`) than `ifVersion`.
   * `target` is the message's sequence; of one that waits in this client's outbox, its `id` there: the change goes
   * behind it, and fails with it (`bad_request` where it has failed already, or is not there).
   */
  editMessage(conversation: ConversationId, target: number | string, edit: MessageEdit): SentMessage;
  /**
   * Deletes a message for everybody and for ever: its text and that of its edits. Accepted as an edit is. Where the
   * server does not have it yet (`PendingMessage.mayBeStored`) `discard` does the same without a trace.
   */
  deleteMessage(
    conversation: ConversationId,
    target: number | string,
    options?: { reason?: string | null },
  ): SentMessage;
  /**
   * Says which reactions to a message this user has from now on, all of them: at most 8, each one emoji or a name
   * `:like_this:`. Accepted as an edit is. Refused with `bad_request` where the message would have more than 20
   * different ones, and with `gone` where it was deleted.
   */
  setReactions(conversation: ConversationId, target: number | string, keys: readonly string[]): SentReactions;
  /** A page of who has put which reactions to a message; the next one is `after` its `next`. */
  reactions(
    conversation: ConversationId,
    targetSequence: number,
    query?: { key?: string | null; after?: UserId | null } & CallOptions,
  ): Promise<ReactionsPage>;
  /** A message, and the entry that has its content now: its newest edit or its deletion, where there is one. */
  message(conversation: ConversationId, sequence: number, options?: CallOptions): Promise<HistoryPage>;
  /** All versions of a message: the message, its edits and its deletion, ascending; the next page is `after` them. */
  versions(
    conversation: ConversationId,
    sequence: number,
    query?: { after?: number } & CallOptions,
  ): Promise<HistoryPage>;

  /** The pending and failed messages and changes, in order: of one conversation, or of all. */
  pending(conversation?: ConversationId): PendingMessage[];
  /**
   * Sends a failed message again, behind those that wait. False where it has not failed, or changes a message that was
   * not sent: try that one again first.
   */
  retry(id: string): boolean;
  /** Gives up a message, with the changes that wait for it. One that is under way may still arrive. */
  discard(id: string): boolean;
}

/**
 * Where accepted messages are kept. Calls come one after the other. A call that fails or takes longer than 3 seconds is
 * repeated later; the message is sent meanwhile.
 */
export interface OutboxStore {
  /** False when nothing survives the client. */
  readonly isDurable?: boolean;
  /**
   * Called once, first. `owner` identifies server, tenant and user. Returns the messages that earlier clients left and
   * no other client sends now, in order.
   */
  open(owner: string): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  delete(id: string): Promise<void>;
  /**
   * For stores shared by several clients: the messages of clients that ended meanwhile, in order. Called from time to
   * time.
   */
  adopt?(): Promise<StoredMessage[]>;
  /**
   * Keeps a message synchronously until `put` has stored it; null: drops it. A page may be closed before `put` ends.
   * Returns whether it was kept.
   */
  jot?(id: string, message: StoredMessage | null): boolean;
  /** Removes everything of the owner, from any client. */
  clear?(): Promise<void>;
  /**
   * The next number among all clients that share the store, at least `least`. Without it each client has its own
   * numbers.
   */
  nextNumber?(least: number): number;
  close(): Promise<void>;
}

/** `number` is its place: it increases with each message that is accepted or retried. */
export type StoredMessage = PendingMessage & { readonly number: number };

/** Kept in this client only. */
export class MemoryOutboxStore implements OutboxStore {
  readonly isDurable: false;
  open(owner: string): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  delete(id: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps messages in IndexedDB: after a reload or a later visit they are sent. Several tabs share it, and each message
 * is sent by one of them. Until the database has a message it is kept in localStorage, if available.
 */
export class IndexedDbOutboxStore implements OutboxStore {
  constructor(options?: {
    name?: string;
    indexedDB?: IDBFactory;
    locks?: LockManager | null;
    storage?: Storage | null;
  });
  open(owner: string): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  delete(id: string): Promise<void>;
  adopt(): Promise<StoredMessage[]>;
  jot(id: string, message: StoredMessage | null): boolean;
  clear(): Promise<void>;
  nextNumber(least: number): number;
  close(): Promise<void>;
}

/** Base of all errors of the client. */
export class ChatError extends Error {}
/**
 * The server refused. `code` is one of `bad_request`, `forbidden`, `rate_limited`, `unsupported_type`,
 * `internal_error`, or one that a later server added. `retryAfter` is how many milliseconds to wait before the same is
 * asked again, when the server said so. `version` is, of a `conflict`, the version that the message has. `reason` is,
 * of a `forbidden`, the word for programs that the application gave, if it did.
 */
export class ChatRefusedError extends ChatError {
  readonly code: string;
  readonly retryAfter: number | null;
  readonly version: number | null;
  readonly reason: string | null;
}
/**
 * The connection was lost before there was an answer; the call may have been carried out. `code` is what the server
 * said when it ended it, for instance `token_expired`.
 */
export class ChatDisconnectedError extends ChatError { readonly code: string | null }
/**
 * No connection could be made, or the server has ended it for good. `status` is the HTTP status, when there was an
 * answer; `code` is what the server itself said, for instance `banned`.
 */
export class ChatConnectError extends ChatError {
  readonly status: number | null;
  readonly code: string | null;
}
/** The client was stopped, or the message was discarded. */
export class ChatStoppedError extends ChatError {}
/** There is no token, or the server takes none that there is. */
export class ChatSignedOutError extends ChatError {}
/** The token is of another user than the one that this client was connected as. */
export class ChatOtherUserError extends ChatError { readonly code: string }

/** What somebody does with a conversation. */
export type ConversationAct =
  | 'createGroup' | 'createDirect' | 'createPublic' | 'join' | 'read' | 'markRead' | 'seePresence'
  | 'listParticipants' | 'send' | 'type' | 'sendInSlowMode' | 'leave' | 'add' | 'addAgain' | 'remove' | 'ban' | 'mute'
  | 'setRole' | 'changeSettings' | 'mentionEveryone' | 'report' | 'seeReports' | 'editOwn' | 'deleteOwn'
  | 'deleteOthers' | 'pin' | 'react';

/**
 * What a message says after a change of it: the newest edit, or its deletion. Another entry changes nothing. Pure.
 */
export function fold<T extends ConversationEntry>(message: T, change: ConversationEntry | null): T;

/**
 * What a message says, as a page of a view says beside it (`current`). Entries behind the head of the page change it
 * further. Pure.
 */
export function foldCurrent<T extends ConversationEntry>(message: T, current: CurrentMessage | null | undefined): T;

/** How many users have put which reactions to a message, after an entry about it. Pure. */
export function foldCounts(
  counts: readonly ReactionCount[], change: ConversationEntry | null): readonly ReactionCount[];

/** A user's own reactions to a message, after an entry about it. Pure. */
export function foldOwnReactions(
  mine: readonly string[], change: ConversationEntry | null, user: UserId): readonly string[];

/** Whether a user with this role may; null: one who takes no part. The server decides by the same table. */
export function may(act: ConversationAct, kind: ConversationKind, role: ParticipantRole | null): boolean;

/** Whether one may remove, ban, mute and change the role of another. */
export function isAbove(role: ParticipantRole | null, other: ParticipantRole | null): boolean;
