import type {
  ConversationEntry, ConversationId, ConversationKind, ConversationSummary, HistoryPage, PresenceChange,
  PresenceSnapshot, ReadPosition, SendOptions, SendReceipt, TypingChange, UserId,
  CallerIdentity,
  UserProfile,
} from './contracts.js';

export type * from './contracts.js';

/** The public conversation that every server has. */
export const lobby: ConversationId;

export interface ChatClientOptions {
  /** The server's address, for instance `https://chat.example.com`. In a browser: unless told, where the page came from. */
  url?: string;
  /** Who the user is, while the server runs in open mode. */
  userId?: UserId;
  /**
   * Asked for a token once per token: at the start, and when the server does not take the last one any more. Null: the
   * user is signed out (`signedOut`).
   */
  accessToken?: (reason: AccessTokenReason) => string | null | Promise<string | null>;
  /** Where accepted messages are kept until they have a receipt. Unless told: `IndexedDbOutboxStore` where there is IndexedDB, else memory. */
  outbox?: OutboxStore;
  /** `@microsoft/signalr`, if not the one that comes with the package. */
  signalR?: unknown;
  /** Upper bounds of the wait before attempt n: `firstDelay`·2ⁿ, at most `maxDelay`; the wait is a random part of it. Milliseconds; 1,000 and 30,000 unless told. */
  reconnect?: { firstDelay?: number; maxDelay?: number };
  /** Milliseconds that an attempt to connect may take. 15,000 unless told. */
  connectTimeout?: number;
  /** Messages of one conversation that may be under way at once. 32 unless told. */
  sendWindow?: number;
  /** Newest entries of a followed conversation that are kept in memory, about 4 MiB at most. 1,000 unless told. */
  keepEntries?: number;
  /** Time and chance, for tests. */
  clock?: Clock;
}

/** `start`: there was none yet. `expired`: its time is over. `refused`: the server does not take it. */
export type AccessTokenReason = 'start' | 'expired' | 'refused';

export interface Clock {
  now(): number;
  random(): number;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

/**
 * `stopped`: not started, or stopped. `connecting`: the first attempt is under way. `connected`. `reconnecting`: an attempt is under way.
 * `waiting`: there is no connection; the next attempt is at `nextAttemptAt`. `failed`: given up, because the server does
 * not want this client (`reason`): a 400, or 401 or 403 five times in a row, before there was ever a connection.
 * `signedOut`: `accessToken` has no token any more, or the server took neither the last one nor the one after it;
 * `start()` asks again.
 */
export type ConnectionState =
  'stopped' | 'connecting' | 'connected' | 'reconnecting' | 'waiting' | 'failed' | 'signedOut';

export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Why there is no connection; null while there is one. */
  readonly reason: Error | null;
  /** When the next attempt is, in milliseconds like `Date.now()`; only while `waiting`. */
  readonly nextAttemptAt: number | null;
  /** False when the browser says that there is no network at all. */
  readonly online: boolean;
}

/** What may go with a message besides its text; its dedupe key is made by the client. */
export type SendMessage = Omit<SendOptions, 'dedupeKey'>;

/** A message that was accepted and has no receipt yet. */
export interface PendingMessage {
  /** Its dedupe key: the entry that it becomes has the same in `dedupeKey`. */
  readonly id: string;
  readonly conversationId: ConversationId;
  readonly body: string | null;
  readonly options: SendMessage;
  /** When it was accepted, in milliseconds like `Date.now()`. */
  readonly createdAt: number;
  /** `pending`: it will be sent. `failed`: refused (`error`); `retry` it or `discard` it. */
  readonly state: 'pending' | 'failed';
  readonly error: { code: string; message: string } | null;
}

export interface OutboxChange {
  readonly type: 'added' | 'sent' | 'failed' | 'retried' | 'discarded';
  readonly message: PendingMessage;
  /** Only with `sent`. */
  readonly receipt: SendReceipt | null;
}

/** A message that waits. `await` it for its receipt; it rejects when the message is refused or discarded. */
export interface SentMessage extends Promise<SendReceipt> {
  readonly message: PendingMessage;
}

export interface ChatClientEvents {
  status: ConnectionStatus;
  /** Somebody else types, or ceased to, in a conversation that is followed. */
  typing: TypingChange;
  readPosition: ReadPosition;
  presence: PresenceChange;
  /** The user was removed from a conversation that is read or followed. Added again: `conversations` says so. */
  conversationClosed: ConversationId;
  /**
   * The server's log was put back to an earlier state, after a failure or from a backup: what was shown after this
   * sequence is there no more.
   */
  discontinuity: { conversationId: ConversationId; after: number };
  /**
   * The whole list anew, after a reconnect or when a conversation was closed. This and the next two come once
   * `conversations()` was called.
   */
  conversations: ConversationSummary[];
  /**
   * A conversation is new, or its newest entry, unread count, title or mute changed; at most once a second each. Of
   * what is followed only what the following does not show.
   */
  conversationChanged: ConversationSummary;
  /** The user no longer takes part in it. */
  conversationRemoved: ConversationId;
  /** A user has another name, or none any more. Comes once `users()` was called; after a reconnect, ask again. */
  userChanged: UserProfile;
  outbox: OutboxChange;
  /** `isOutboxKept` changed. */
  outboxKept: boolean;
}

export interface FollowHandlers {
  /** The last sequence seen: everything after it comes. Null or left out: only what comes from now on. */
  after?: number | null;
  /** The entry at `after`, where it is known: it shows whether the log was put back before anything came. */
  afterEntry?: ConversationEntry | null;
  /**
   * The log was put back: what was shown after this sequence is to be dropped. What follows comes next, at sequences
   * that were used before.
   */
  onDiscontinuity?(place: { after: number }): void;
  /** Entries, ascending, each once, without a hole. At most one call a frame in a browser. `behind`: how many more are known to come. */
  onEntries(entries: ConversationEntry[], info: { behind: number }): void;
  /** Joined, again after every reconnect. The time to ask for presence and read positions. */
  onJoined?(info: { head: number; behind: number }): void;
  /** Everything there is has been shown; again after every reconnect. */
  onCaughtUp?(): void;
  /** Typing, read positions and presence of this conversation. */
  onSignal?(signal: { type: 'typing'; value: TypingChange } | { type: 'readPosition'; value: ReadPosition } | { type: 'presence'; value: PresenceChange }): void;
  /** It is over: the user was removed (null), the server refused, or the client was stopped or given up. Nothing more comes. */
  onEnd?(error: Error | null): void;
}

export interface Following {
  /** The last sequence that was given out; null until the conversation is joined. */
  readonly cursor: number | null;
  close(): void;
}

export interface CallOptions { signal?: AbortSignal }

/** One user's connection for ever: it reads in order and once, and keeps what is to be sent until it is. */
export class ChatClient {
  constructor(options?: ChatClientOptions);
  readonly userId: UserId | undefined;
  readonly status: ConnectionStatus;
  /**
   * Whether what waits in the outbox outlives this client. False while its store fails or hangs, and with a store in
   * memory: messages are sent as always, and those that wait are lost with the page. The event `outboxKept` tells.
   */
  readonly isOutboxKept: boolean;
  /**
   * Connects, and stays connected. Resolves when what an earlier page left in the outbox is loaded, after 3 seconds at
   * the latest; it does not wait for the connection.
   */
  start(): Promise<void>;
  /** Disconnects, and ends readers and followers with `ChatStoppedError`. What waits in the outbox stays in its store. */
  stop(): Promise<void>;
  /** Disconnects; with `clear`, what waits in the outbox is discarded, also from its store. */
  signOut(options?: { clear?: boolean }): Promise<void>;
  /** Tries to connect now instead of at the next attempt, also when it has `failed`. */
  reconnectNow(): void;
  /** Resolves once connected; rejects when the server does not want this client, or the client is stopped. */
  whenConnected(options?: CallOptions): Promise<void>;
  /** Returns what takes the listener off again. */
  on<K extends keyof ChatClientEvents>(event: K, listener: (value: ChatClientEvents[K]) => void): () => void;

  /** Entries one by one, for ever, across reconnects; ends when the user is removed. */
  read(conversation: ConversationId, options?: { after?: number | null; signal?: AbortSignal }): AsyncGenerator<ConversationEntry, void, void>;
  /** The same with callbacks and in batches, for user interfaces. */
  follow(conversation: ConversationId, handlers: FollowHandlers): Following;

  history(conversation: ConversationId, query?: { before?: number; after?: number; limit?: number } & CallOptions): Promise<HistoryPage>;
  /**
   * A page of the user's conversations and the lobby, the last active first: the first `limit` (50), or those after the
   * conversation whose `cursor` is given. From then on the events say what changes.
   */
  conversations(query?: { cursor?: string; limit?: number } & CallOptions): Promise<ConversationSummary[]>;
  /** All of them, page by page; what is active meanwhile may come again. */
  conversationPages(options?: CallOptions): AsyncGenerator<ConversationSummary[], void, void>;
  createConversation(command: { participantIds: UserId[]; kind?: ConversationKind; title?: string | null }): Promise<ConversationSummary>;
  addParticipants(conversation: ConversationId, users: UserId[]): Promise<void>;
  removeParticipant(conversation: ConversationId, user: UserId): Promise<void>;
  markRead(conversation: ConversationId, sequence: number): Promise<void>;
  /** Whether the user is to be notified of the conversation while connected nowhere. */
  setMuted(conversation: ConversationId, isMuted?: boolean): Promise<void>;
  readPositions(conversation: ConversationId, options?: CallOptions): Promise<ReadPosition[]>;
  /** Tells the others that the user types. Call it at every key: it is sent at most every 3 seconds, and not at all while there is no connection. */
  typing(conversation: ConversationId, isTyping?: boolean): void;
  getPresence(conversation?: ConversationId | null, options?: CallOptions): Promise<PresenceSnapshot>;
  /** Whom the server takes this client for. */
  me(options?: CallOptions): Promise<CallerIdentity>;

  /**
   * The names of users, at most 100, who share a group or direct conversation with this one; the others are left out.
   * From then on `userChanged` says who has another name.
   */
  users(ids: UserId[], options?: CallOptions): Promise<UserProfile[]>;

  /** Accepts a message at once and sends it when it can, in the order of the calls, once. */
  send(conversation: ConversationId, body: string | null, options?: SendMessage): SentMessage;
  /** What waits or has failed, in order: of one conversation, or of all. */
  pending(conversation?: ConversationId): PendingMessage[];
  /** A failed message is sent again, behind those that wait. */
  retry(id: string): boolean;
  /** A message is given up. One that is under way may still arrive. */
  discard(id: string): boolean;
}

/**
 * Where accepted messages are kept. Calls come one after the other. One that takes longer than 3 seconds, or fails, is
 * made again later, and the message is sent meanwhile.
 */
export interface OutboxStore {
  /** False where nothing outlives the client. */
  readonly isDurable?: boolean;
  /** Called once before anything else. `owner` tells servers and users apart. Returns what earlier clients left and nobody else sends now, in order. */
  open(owner: string): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  delete(id: string): Promise<void>;
  /** Where several clients share the store: what those that ended meanwhile left behind, in order. Asked now and then. */
  adopt?(): Promise<StoredMessage[]>;
  /**
   * Keeps a message at once, until `put` has done it; null: forgets it. A page may be gone before `put` ends.
   * Returns whether that was done.
   */
  jot?(id: string, message: StoredMessage | null): boolean;
  /** The next number of all clients that share the store, at least `least`. Without it each client counts for itself. */
  nextNumber?(least: number): number;
  close(): Promise<void>;
}

/** `number` is its place: it rises with each message that is accepted, or tried again. */
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
 * Kept in IndexedDB: a page that is reloaded or closed sends it the next time. Several tabs share it, and each message
 * is sent by one of them. Until the database has a message it is noted in localStorage, where there is one.
 */
export class IndexedDbOutboxStore implements OutboxStore {
  constructor(options?: { name?: string; indexedDB?: IDBFactory; locks?: LockManager | null; storage?: Storage | null });
  open(owner: string): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  delete(id: string): Promise<void>;
  adopt(): Promise<StoredMessage[]>;
  jot(id: string, message: StoredMessage | null): boolean;
  nextNumber(least: number): number;
  close(): Promise<void>;
}

/** What all errors of the client are. */
export class ChatError extends Error {}
/**
 * The server said no. `code` is one of `bad_request`, `forbidden`, `rate_limited`, `unsupported_type`, `internal_error`,
 * or one that a later server added. `retryAfter` is how many milliseconds to wait before the same is asked again, when
 * the server said so.
 */
export class ChatRefusedError extends ChatError { readonly code: string; readonly retryAfter: number | null }
/** The connection was lost before there was an answer; what was asked may have been done. */
export class ChatDisconnectedError extends ChatError {}
/** No connection could be made. `status` is the HTTP status, when there was an answer. */
export class ChatConnectError extends ChatError { readonly status: number | null }
/** The client was stopped, or the message discarded. */
export class ChatStoppedError extends ChatError {}
/** There is no token, or the server takes none that there is. */
export class ChatSignedOutError extends ChatError {}
/** The token is of another user than the one that this client was connected as. */
export class ChatOtherUserError extends ChatError {}
