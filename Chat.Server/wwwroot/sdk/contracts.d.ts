// Generated from Chat.Contracts by Chat.Tests/Fast/Unit/JavaScript: do not edit. CHAT_ACCEPT_API=1 dotnet test writes it anew.

/** Whom the server takes the caller for. */
export interface CallerIdentity {
  /** Which user. */
  readonly userId: UserId;
  /** Of which tenant; `default` where a deployment has one. */
  readonly tenant: string;
  /** What the token calls the user; null: nothing, and always in open mode. */
  readonly name: string | null;
  /** What the user is on this deployment, `user` at least. */
  readonly roles: string[];
  /** Whole seconds until the token expires, and the connection ends with it; null: it does not. */
  readonly expiresInSeconds: number | null;
}

/** The conversation began. */
export interface ConversationCreatedEntry {
  readonly kind: 'conversationCreated';
  /** Who took part from the start, the creator included. */
  readonly participantIds: UserId[];
  /** The title, or null. */
  readonly title: string | null;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** One immutable record of a conversation's log. The hierarchy is closed: what a version does not know is an `UnknownEntry` to it. */
export type ConversationEntry = UnknownEntry | MessageEntry | ConversationCreatedEntry | ParticipantsAddedEntry | ParticipantRemovedEntry | ConversationRenamedEntry | MessageEditedEntry | MessageDeletedEntry | ReactionEntry;

/** Names a conversation. On every wire a UUID in its usual text form. */
export type ConversationId = string;

/** What a conversation is. In JSON the word. */
export type ConversationKind = 'group' | 'direct' | 'public';

/** The title changed. */
export interface ConversationRenamedEntry {
  readonly kind: 'conversationRenamed';
  /** The new title; null when it was taken away. */
  readonly title: string | null;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** A conversation as its participants list it. */
export interface ConversationSummary {
  /** Its id. */
  readonly id: ConversationId;
  /** What it is. */
  readonly kind: ConversationKind;
  /** Its title, or null. */
  readonly title: string | null;
  /** When it was made. */
  readonly createdAt: Timestamp;
  /** The newest sequence; 0 while the log is empty. */
  readonly lastSequence: number;
  /** A preview of the newest entry, or null while the log is empty. */
  readonly lastEntry: ConversationEntry | null;
  /** True when the newest entry has more than `LastEntry` shows; `History` has all of it. */
  readonly isLastEntryCut: boolean;
  /** The sequence up to which the caller has read. */
  readonly lastReadSequence: number;
  /** True when the caller wants no notifications of it. */
  readonly isMuted: boolean;
  /** How many entries came after that. */
  readonly unreadCount: number;
  /** Its place in the list: the next page comes after it. Opaque; null from a server that lists all at once. */
  readonly cursor: string | null;
}

/** Asks for a page of the caller's list of conversations, which begins with the one last active. */
export interface ConversationsQuery {
  /** Only those that come after a conversation that was listed: its `Cursor`. Null: from the beginning. */
  cursor?: string | null;
  /** How many at most: 1 to 100, 50 unless told. When there are fewer, the list ends there. */
  limit?: number | null;
}

/** Asks for a new conversation. The caller takes part in it, named or not. */
export interface CreateConversation {
  /** The others: at least one, at most 1,000; naming one twice is the same as once. */
  participantIds: UserId[];
  /** Group (default), or direct: exactly two users, and asked for again it is the same conversation. */
  kind?: ConversationKind;
  /** At most 255 characters (Unicode code points), or null. A direct conversation has none. */
  title?: string | null;
}

/** A page of a conversation's log. */
export interface HistoryPage {
  /** The entries, in ascending order. */
  readonly entries: ConversationEntry[];
  /** The newest sequence of the conversation when the page was read. */
  readonly head: number;
  /** Names the log, as `Generation` does. */
  readonly generation: string;
}

/** Asks for a page of a conversation's log. */
export interface HistoryQuery {
  /** Only entries with a smaller sequence: the page that ends just before it. */
  before?: number | null;
  /** Only entries with a larger sequence: the page that begins just after it. */
  after?: number | null;
  /** How many at most: 1 to 500, 50 unless told. There may be fewer, see `HistoryPage`. */
  limit?: number | null;
}

/** What a connection gets when it joined a conversation. */
export interface JoinResult {
  /** The conversation. */
  readonly conversationId: ConversationId;
  /** The cursor: the first entry that will be shown is the one after it. Everything up to `Head` is history. */
  readonly afterSequence: number;
  /** The newest sequence when the join was made. */
  readonly head: number;
  /** Names the log: another one than before means that it was put back to an earlier state. */
  readonly generation: string;
}

/** A message was taken back. */
export interface MessageDeletedEntry {
  readonly kind: 'messageDeleted';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** A message's text changed. */
export interface MessageEditedEntry {
  readonly kind: 'messageEdited';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** The new text, trimmed. */
  readonly body: string;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** Somebody said something. */
export interface MessageEntry {
  readonly kind: 'message';
  /** The text, trimmed. Null when the message is only an attachment. */
  readonly body: string | null;
  /** What the message is; text unless told. */
  readonly msgType: MessageType;
  /** Where the attachment is, or null. The server stores the address, not the file. */
  readonly attachmentUrl: string | null;
  /** Whatever JSON the sender gave with the attachment, exactly as it was sent, or null. */
  readonly attachmentMeta: unknown;
  /** The sender's own name for this message, or null. Sent again with the same key it is stored once. */
  readonly dedupeKey: string | null;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** Names an entry of a log for ever, across conversations. On every wire a UUID (version 7). */
export type MessageId = string;

/** What a message is. On every wire the number. */
export type MessageType = 0 | 1 | 2 | 3;

/** A user is no longer a participant. It is the last entry that this user's connections see. */
export interface ParticipantRemovedEntry {
  readonly kind: 'participantRemoved';
  /** Who was removed, or left (then it is the sender). */
  readonly participantId: UserId;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** Users became participants. */
export interface ParticipantsAddedEntry {
  readonly kind: 'participantsAdded';
  /** Those who were not participants before; at least one. */
  readonly participantIds: UserId[];
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** Somebody came or went, among those whom this connection asked about (`GetPresence`). */
export interface PresenceChange {
  /** The conversation that was asked about; null for the caller's contacts. */
  readonly conversationId: ConversationId | null;
  /** Who. */
  readonly userId: UserId;
  /** Whether the user is there now. */
  readonly online: boolean;
  /** When the user was last there; null while online, and when it is not known. */
  readonly lastSeenAt: Timestamp | null;
}

/** Who is there at this moment. */
export interface PresenceSnapshot {
  /** The conversation that was asked about; null for the caller's contacts. */
  readonly conversationId: ConversationId | null;
  /** How many of them are online, also those that the list leaves out. */
  readonly onlineCount: number;
  /** Those online first; at most `PresenceUsers`. In a public conversation only those online. */
  readonly users: UserPresence[];
  /** True when changes will be reported to this connection. False when there are too many participants, or the conversation is not joined. */
  readonly watching: boolean;
}

/** A reaction was put on a message or taken off. */
export interface ReactionEntry {
  readonly kind: 'reaction';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** The reaction, usually one emoji. */
  readonly reaction: string;
  /** True when the sender took it off again. */
  readonly removed: boolean;
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** How far a participant has read. It never goes back. */
export interface ReadPosition {
  /** Where. */
  readonly conversationId: ConversationId;
  /** Who. */
  readonly userId: UserId;
  /** The last sequence read; 0 when nothing was. */
  readonly sequence: number;
}

/** The server asks the client to connect again, elsewhere: it is about to stop. Nothing is lost; resume with the last sequences seen. */
export interface ReconnectRequest {
  /** How long this connection stays open at most. */
  readonly withinMilliseconds: number;
}

/** What may go with a message besides its text. Everything is optional. */
export interface SendOptions {
  /** The sender's own name for the message, at most 64 characters (Unicode code points). Sent again with the same key, by the same user to the same conversation, on any transport, it is stored once, and the receipt says `duplicate`. Without a key a retry may store it twice. */
  dedupeKey?: string | null;
  /** Text (default), image or file; system is refused. */
  msgType?: MessageType;
  /** Where the attachment is: at most 2,048 characters (Unicode code points). */
  attachmentUrl?: string | null;
  /** Any JSON value, or a string that holds JSON; at most 16 KiB in UTF-8. It comes back as it was sent. */
  attachmentMeta?: unknown;
}

/** What a sender gets once its message is durable. */
export interface SendReceipt {
  /** The message's id. */
  readonly id: MessageId;
  /** Its position in the conversation. */
  readonly sequence: number;
  /** When the server stored it. */
  readonly createdAt: Timestamp;
  /** True when it had been stored before, under the same dedupe key; the other values are then those of the first. */
  readonly duplicate: boolean;
}

/** RFC 3339 in UTC with microseconds: `2025-01-01T12:00:00.000000Z`. `new Date(text)` reads it. */
export type Timestamp = string;

/** Somebody began or ceased to type. It may be lost; the server itself reports the end when a typist falls silent. */
export interface TypingChange {
  /** Where. */
  readonly conversationId: ConversationId;
  /** Who. */
  readonly userId: UserId;
  /** False when it is over: sent, given up, or not renewed in time. */
  readonly isTyping: boolean;
}

/** An entry of a kind that came after this version: only what all entries have in common is known of it. */
export interface UnknownEntry {
  readonly kind: 'unknown';
  /** Names the entry for ever. */
  readonly id: MessageId;
  /** The conversation whose log it is in. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Who did it. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Rises with every entry of a conversation. */
  readonly createdAt: Timestamp;
}

/** Names a user: 1 to `UserIdLength` characters, no control characters, in form NFC, compared byte by byte. */
export type UserId = string;

/** Whether somebody is there: connected with at least one device, over any transport, to any instance. */
export interface UserPresence {
  /** Who. */
  readonly userId: UserId;
  /** True while there is a connection, and a few seconds longer, so that a reconnect is not seen. */
  readonly online: boolean;
  /** When the user was last there; null while online, and when it is not known. */
  readonly lastSeenAt: Timestamp | null;
}

/** What is shown of a user in place of the id. */
export interface UserProfile {
  /** Who. Whoever compares users compares this. */
  readonly userId: UserId;
  /** Several users may have the same. Null: none was given, and the id is shown. */
  readonly name: string | null;
}

/** What a client may call on the hub at `Path`. */
export interface ChatHub {
  /** Shows the conversation's entries on this connection from now on, in order and each once. */
  Join(conversationId: ConversationId, afterSequence?: number | null): Promise<JoinResult>;
  /** Shows no more of the conversation on this connection. Leaving one that was not joined is fine. Membership stays. */
  Leave(conversationId: ConversationId): Promise<void>;
  /** Stores a message; the receipt comes once it is durable. One need not have joined, only take part. */
  Send(conversationId: ConversationId, body: string | null, options?: SendOptions | null): Promise<SendReceipt>;
  /** Makes a conversation, or finds the direct one that there is. */
  CreateConversation(command: CreateConversation): Promise<ConversationSummary>;
  /** A page of the caller's conversations and the lobby, the most recently active first. */
  Conversations(query?: ConversationsQuery | null): Promise<ConversationSummary[]>;
  /** A page of the log. */
  History(conversationId: ConversationId, query?: HistoryQuery | null): Promise<HistoryPage>;
  /** Adds participants to a group. Any participant may; those already in it are left as they are. */
  AddParticipants(conversationId: ConversationId, participantIds: UserId[]): Promise<void>;
  /** Removes a participant from a group: oneself, or anyone when one created it. */
  RemoveParticipant(conversationId: ConversationId, participantId: UserId): Promise<void>;
  /** Remembers that the caller has read up to this sequence, at most up to the newest entry, and tells the others. It never goes back. */
  MarkRead(conversationId: ConversationId, sequence: number): Promise<void>;
  /** How far each participant has read, for those who have read anything: the furthest first, at most `PresenceUsers`. */
  ReadPositions(conversationId: ConversationId): Promise<ReadPosition[]>;
  /** Whether the caller wants to be notified of the conversation's messages while connected nowhere. Nobody else learns of it. */
  SetMuted(conversationId: ConversationId, isMuted?: boolean): Promise<void>;
  /** Tells the others that the caller types. Say it again every few seconds while it lasts: it expires. More often than that is ignored. */
  Typing(conversationId: ConversationId, isTyping?: boolean): Promise<void>;
  /** Who is there, and from now on every change (`PresenceChanged`) until this connection leaves the conversation or ends. */
  GetPresence(conversationId?: ConversationId | null): Promise<PresenceSnapshot>;
  /** The names of users, and from now on every change of one (`UserChanged`) until this connection ends. */
  Users(userIds: UserId[]): Promise<UserProfile[]>;
  /** Whom the server takes the caller for. */
  Me(): Promise<CallerIdentity>;
}

/** What the hub calls on a client. */
export interface ChatHubEvents {
  /** A message, the client's own included. */
  MessageReceived(message: MessageEntry): void;
  /** An entry that is not a message. */
  EntryReceived(entry: ConversationEntry): void;
  /** The connection no longer sees the conversation, because its user was removed. The entry that removed it came before. */
  ConversationClosed(conversationId: ConversationId): void;
  /** Somebody else types in a joined conversation, or ceased to. It is no entry: it may be lost, and comes in no order with entries. */
  TypingChanged(change: TypingChange): void;
  /** A participant of a joined conversation, perhaps the caller on another device, has read on. It may be lost; a later one holds all the same. */
  ReadPositionChanged(position: ReadPosition): void;
  /** Somebody came or went, among those this connection asked about with `GetPresence`. */
  PresenceChanged(change: PresenceChange): void;
  /** A conversation of the user's is new, or its newest entry, unread count, title or mute changed. */
  ConversationChanged(summary: ConversationSummary): void;
  /** The user is no longer a participant of the conversation. Told to the same connections, joined or not. */
  ConversationRemoved(conversationId: ConversationId): void;
  /** A user who shares a group or direct conversation with this one has another name. */
  UserChanged(user: UserProfile): void;
  /** The log was put back to an earlier state: the joined conversation goes on after this sequence. */
  GenerationChanged(place: JoinResult): void;
  /** The server is about to stop: connect again, and resume. A connection that does not is cut. */
  ReconnectRequested(request: ReconnectRequest): void;
}
