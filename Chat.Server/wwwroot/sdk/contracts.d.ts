// Generated from Chat.Contracts by Chat.Tests/Fast/Unit/JavaScript: do not edit.
// CHAT_ACCEPT_API=1 dotnet test updates it.

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

/** Changes title and settings of a conversation. What is null stays. */
export interface ChangeConversation {
  /** The new title, at most 255 characters; empty: none. */
  title?: string | null;
  /** What the conversation is about, at most 250 characters; empty: nothing is said. */
  topic?: string | null;
  /**
   * Where its picture is: an address with `http` or `https`, or a path of the same server that begins with `/`; at most
   * 2,048 characters. Empty: it has none.
   */
  avatarUrl?: string | null;
  /**
   * True: nobody writes, reacts, pins or is added any more, until it is false again. Everything can still be read, and
   * messages can be deleted.
   */
  isArchived?: boolean | null;
  /**
   * Slow mode: the seconds between two messages of a user, 0 for none, at most 86,400. Owners and moderators need not
   * wait.
   */
  slowModeSeconds?: number | null;
}

/**
 * Content of the conversation was erased: of everything up to a sequence, or of all that one user sent before this
 * entry. Messages go with all their edits. `Erasure` says what it concerns.
 */
export interface ContentErasedEntry {
  readonly kind: 'contentErased';
  /** Up to here everything is erased; null when it is one user's content. */
  readonly throughSequence: number | null;
  /** Whose content is erased; null when it is everybody's. */
  readonly userId: UserId | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** The title or a setting of the conversation changed. It has what changed; the rest is null. */
export interface ConversationChangedEntry {
  readonly kind: 'conversationChanged';
  /** The new title, empty when there is none any more; null: it did not change. */
  readonly title: string | null;
  /** What it is about from now on, empty for nothing; null: it did not change. */
  readonly topic: string | null;
  /** Where its picture is from now on, empty for none; null: it did not change. */
  readonly avatarUrl: string | null;
  /** Whether it is archived from now on; null: it did not change. */
  readonly isArchived: boolean | null;
  /** The new seconds between two messages of a user, 0 for none; null: they did not change. */
  readonly slowModeSeconds: number | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** The conversation began. */
export interface ConversationCreatedEntry {
  readonly kind: 'conversationCreated';
  /** Who took part from the start, the creator included. */
  readonly participantIds: UserId[];
  /** The title, or null. */
  readonly title: string | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/**
 * One record of a conversation's log. Its place, kind, sender and time never change; its content may be erased, never
 * altered. The hierarchy is closed: a kind that a version does not know is read as `UnknownEntry`.
 */
export type ConversationEntry =
  | UnknownEntry
  | MessageEntry
  | ConversationCreatedEntry
  | ParticipantsAddedEntry
  | ParticipantRemovedEntry
  | MessageEditedEntry
  | MessageDeletedEntry
  | ReactionsChangedEntry
  | RoleChangedEntry
  | ConversationChangedEntry
  | ContentErasedEntry
  | PinnedEntry
  | UnpinnedEntry;

/** The id of a conversation. On every transport, a UUID in its usual text form. */
export type ConversationId = string;

/** The kind of a conversation. In JSON, its name. */
export type ConversationKind = 'group' | 'direct' | 'public';

/** A conversation in the list of one of its participants. */
export interface ConversationSummary {
  /** Its id. */
  readonly id: ConversationId;
  /** Its kind. */
  readonly kind: ConversationKind;
  /** Its title, or null. */
  readonly title: string | null;
  /** What it is about, or null. */
  readonly topic: string | null;
  /** Where its picture is, or null. */
  readonly avatarUrl: string | null;
  /** True: it is archived, and nobody writes to it. */
  readonly isArchived: boolean;
  /** When it was created. */
  readonly createdAt: Timestamp;
  /**
   * The newest sequence; 0 while the log is empty. `LastEntry` may be an older one: what is hidden in the main stream
   * moves this only.
   */
  readonly lastSequence: number;
  /** A preview of the newest entry that the main stream shows, or null while the log is empty. */
  readonly lastEntry: ConversationEntry | null;
  /** True when that entry has more than `LastEntry` shows; `History` has the whole entry. */
  readonly isLastEntryCut: boolean;
  /** The sequence up to which the caller has read. */
  readonly lastReadSequence: number;
  /** True when the caller wants no notifications of it. */
  readonly isMuted: boolean;
  /**
   * The number of unread messages, at most 99: `Unread` says whether it is exact. Of a server that does not say so, the
   * number of entries after `LastReadSequence`.
   */
  readonly unreadCount: number;
  /**
   * Its place in the list, from which the next page continues. Opaque; null from a server that does not page its list.
   */
  readonly cursor: string | null;
  /** The caller's unread messages; null from a server of a version before. */
  readonly unread: Unread | null;
  /**
   * The position from which the caller marked the conversation as unread: messages count as unread after it, where it
   * is smaller than `LastReadSequence`. Null: the caller did not.
   */
  readonly unreadFrom: number | null;
}

/** Asks for a page of the caller's conversations, the most recently active first. */
export interface ConversationsQuery {
  /** Only conversations after the one with this `Cursor`. Null: from the beginning. */
  cursor?: string | null;
  /** How many at most: 1 to 100, 50 by default. When there are fewer, the list ends there. */
  limit?: number | null;
}

/** Asks for a new conversation. The caller is always a participant. */
export interface CreateConversation {
  /** The other participants: at least one, at most 1,000. Repeated ids count once. */
  participantIds: UserId[];
  /**
   * Group (default), or direct: exactly two users. Two users have one direct conversation: creating it again returns
   * the same one.
   */
  kind?: ConversationKind;
  /** At most 255 characters (Unicode code points), or null. A direct conversation has none. */
  title?: string | null;
}

/** What has become of a message: it was edited or deleted, has reactions or replies, or is pinned. */
export interface CurrentMessage {
  /** The message's sequence. */
  readonly sequence: number;
  /** The sequence of its newest edit or deletion, else its own. */
  readonly version: number;
  /**
   * The text that it has now, when it was edited. While `Version` is `Sequence` the entry itself has it, and this is
   * null; so are the attachments and mentions.
   */
  readonly body: string | null;
  /** Where the attachment is, when it was edited; null for none. */
  readonly attachmentUrl: string | null;
  /** The attachment's metadata, when it was edited. */
  readonly attachmentMeta: unknown;
  /** The attachments, when it was edited; null for none. */
  readonly attachments: MessageAttachment[] | null;
  /** Whom it mentions, when it was edited; null for nobody. */
  readonly mentions: MessageMentions | null;
  /** True when it was deleted: nothing of its content is left. */
  readonly deleted: boolean;
  /** The reactions that are used the most, at most 20, as the log told them last. */
  readonly counts: ReactionCount[];
  /** The caller's own reactions. */
  readonly mine: string[];
  /** True while it is pinned. */
  readonly pinned: boolean;
  /** The replies of its thread; null when it has no thread. */
  readonly replies: ThreadReplies | null;
}

/** What goes with a deletion. Everything is optional. */
export interface DeleteMessage {
  /** Why, which all see; at most 255 characters (Unicode code points). */
  reason?: string | null;
  /** As in `DedupeKey`. A deletion is stored once without it, too. */
  dedupeKey?: string | null;
}

/**
 * What a message is to say from now on: it replaces all that the message said. What the message is (its sender, time
 * and `msgType`) stays.
 */
export interface EditMessage {
  /** The new text. Null only where there is an attachment. */
  body?: string | null;
  /** Where the attachment is; null: the message has none from now on. */
  attachmentUrl?: string | null;
  /** As in `AttachmentMeta`. */
  attachmentMeta?: unknown;
  /** Whom the message mentions from now on; null: nobody. Who is mentioned by an edit only is not notified. */
  mentions?: MessageMentions | null;
  /** The message's files from now on, in place of `AttachmentUrl` and `AttachmentMeta`. */
  attachments?: MessageAttachment[] | null;
  /**
   * Edits only while this is the message's version: the sequence of its newest edit, else its own. Null: whatever it
   * is. Another version is refused with `conflict`.
   */
  ifVersion?: number | null;
  /**
   * The caller's own name for the edit, as in `DedupeKey`: sent again with the same key it is stored once. Keys of
   * messages, edits and deletions are of one kind; the same key for another one is refused.
   */
  dedupeKey?: string | null;
}

/** A page of a conversation's log. Entries, `Current` and head are of one moment. */
export interface HistoryPage {
  /** The entries, in ascending order. */
  readonly entries: ConversationEntry[];
  /** The newest sequence of the conversation when the page was read. */
  readonly head: number;
  /** Identifies the log, see `Generation`. */
  readonly generation: string;
  /**
   * What has become of the messages of the page, for those of which anything has; null where it was not asked for. It
   * is as of `Head`: only entries above that are applied to it.
   */
  readonly current: CurrentMessage[] | null;
}

/** Asks for a page of a conversation's log. */
export interface HistoryQuery {
  /** Only entries with a smaller sequence: the page that ends just before it. */
  before?: number | null;
  /** Only entries with a larger sequence: the page that begins just after it. */
  after?: number | null;
  /** How many at most: 1 to 500, 50 by default. There may be fewer, see `HistoryPage`. */
  limit?: number | null;
  /** Which entries; all of them by default. With `Main` and `Thread` the page has `Current`. */
  view?: HistoryView | null;
  /** With `Thread`, and only then: the sequence of the thread's first message. */
  thread?: number | null;
}

/** Which entries of a log a page has. In JSON, its name. */
export type HistoryView = 'log' | 'main' | 'thread';

/** The answer to a join. */
export interface JoinResult {
  /** The conversation. */
  readonly conversationId: ConversationId;
  /** The cursor: the first entry that will be shown is the one after it. Everything up to `Head` is history. */
  readonly afterSequence: number;
  /** The newest sequence when the join was made. */
  readonly head: number;
  /** Identifies the log. A changed value means that the log was put back to an earlier state. */
  readonly generation: string;
}

/** A message that names the user. */
export interface Mention {
  /** Where it is. */
  readonly conversationId: ConversationId;
  /** Its sequence. */
  readonly sequence: number;
  /** The first message of the thread that it stands in; null: in none. */
  readonly thread: number | null;
  /** A preview of the message, as it is now; what is long is cut, as in lists of conversations. */
  readonly entry: ConversationEntry | null;
  /** When it was sent. */
  readonly createdAt: Timestamp;
  /** Its place in the inbox, after which the next page begins. Opaque. */
  readonly cursor: string;
}

/** Asks for a page of the messages that name the caller, the newest first. */
export interface MentionsQuery {
  /** Only those after the one with this `Cursor`. Null: from the beginning. */
  after?: string | null;
  /** How many at most: 1 to 100, 50 by default. When there are fewer, the inbox ends there. */
  limit?: number | null;
}

/** A file that a message refers to. The server stores where it is, not the file. */
export interface MessageAttachment {
  /** The sender's or the file store's own name for it, at most 64 characters, or null. */
  readonly id: string | null;
  /** Where it is: at most 2,048 characters (Unicode code points). */
  readonly url: string;
  /** What the file is called, at most 255 characters, or null. */
  readonly name: string | null;
  /**
   * What kind of file it is, such as `image/png`, at most 255 characters, or null. The server does not look into the
   * file.
   */
  readonly mediaType: string | null;
  /** Its bytes, as the sender says; null: not said. */
  readonly size: number | null;
  /** Of an image or a video, the pixels from left to right; null: not said. */
  readonly width: number | null;
  /** Of an image or a video, the pixels from top to bottom; null: not said. */
  readonly height: number | null;
  /**
   * Any JSON value, or a string that holds JSON, or null. It comes back as it was sent. All of a message together have
   * at most 16 KiB in UTF-8.
   */
  readonly meta: unknown;
}

/** A message was deleted, for ever: the content of the message and of all its edits is erased. */
export interface MessageDeletedEntry {
  readonly kind: 'messageDeleted';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** Why; null when no reason was given. */
  readonly reason: string | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/**
 * A message says something else now. What it names replaces all that the message said: text, attachments and mentions.
 * Earlier versions stay in the log.
 */
export interface MessageEditedEntry {
  readonly kind: 'messageEdited';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** The new text, trimmed. Null when the message is only an attachment now, or was erased. */
  readonly body: string | null;
  /** Where the attachment is, or null. */
  readonly attachmentUrl: string | null;
  /** The JSON that the author gave with the attachment, exactly as it was sent, or null. */
  readonly attachmentMeta: unknown;
  /** Whom the message mentions now; null: nobody. */
  readonly mentions: MessageMentions | null;
  /** Its files, as those of `Attachments`. */
  readonly attachments: MessageAttachment[] | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** A message. */
export interface MessageEntry {
  readonly kind: 'message';
  /** The text, trimmed. Null when the message is only an attachment. */
  readonly body: string | null;
  /** What the message is; text by default. */
  readonly msgType: MessageType;
  /** Where the attachment is, or null. The server stores the address, not the file. */
  readonly attachmentUrl: string | null;
  /** The JSON that the sender gave with the attachment, exactly as it was sent, or null. */
  readonly attachmentMeta: unknown;
  /** The sender's own name for this message, or null. A message that is sent again with the same key is stored once. */
  readonly dedupeKey: string | null;
  /** The message that this one answers, by its sequence in the same conversation, or null. */
  readonly replyTo: number | null;
  /**
   * The thread that it belongs to, by the sequence of the thread's first message; null: it belongs to none. The first
   * message itself has null.
   */
  readonly thread: number | null;
  /** Of a message in a thread: it is shown among the messages of the conversation too. */
  readonly alsoInConversation: boolean;
  /** Whom it is meant for in particular; null: nobody. */
  readonly mentions: MessageMentions | null;
  /**
   * Its files; null when there are none, and when it was sent with `AttachmentUrl`. Of the first, `AttachmentUrl` and
   * `AttachmentMeta` say the same.
   */
  readonly attachments: MessageAttachment[] | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** The permanent id of an entry, unique across conversations. On every transport, a UUID (version 7). */
export type MessageId = string;

/** Whom a message is meant for in particular. */
export interface MessageMentions {
  /** The users, each once; at most 50. Those who take part find the message in their inbox. */
  readonly users: UserId[];
  /** Everybody who takes part. Owners and moderators may say so, and anybody where no more than 50 take part. */
  readonly everyone: boolean;
}

/** The type of a message. On every transport, its number. */
export type MessageType = 0 | 1 | 2 | 3;

/** A report that nobody has closed yet, as moderators are shown it. */
export interface OpenReport {
  /** Names it. Newer reports have larger ids. */
  readonly id: number;
  /** Where. */
  readonly conversationId: ConversationId;
  /** Whom it is about. */
  readonly userId: UserId;
  /** The message that it is about; null: it is about the user. */
  readonly sequence: number | null;
  /** That message as it is now, or its beginning; null: it is about the user, or the message is there no more. */
  readonly entry: ConversationEntry | null;
  /** True when the message has more than is shown. */
  readonly isEntryCut: boolean;
  /** Why it was reported. */
  readonly reason: string;
  /** Who reported it. */
  readonly reporterId: UserId;
  /** When. */
  readonly createdAt: Timestamp;
}

/** The reactions of the caller to a message, set on another device. */
export interface OwnReactions {
  /** Where. */
  readonly conversationId: ConversationId;
  /** The message's sequence. */
  readonly targetSequence: number;
  /** All of them, by key; empty when there are none any more. */
  readonly keys: string[];
}

/** A participant of a conversation. */
export interface Participant {
  /** Who. */
  readonly userId: UserId;
  /** The role that holds now. */
  readonly role: ParticipantRole;
  /** When it ends by itself; null: it does not. */
  readonly until: Timestamp | null;
  /** Why the user is banned or muted; null: no reason was given, or it is not the caller's to know. */
  readonly reason: string | null;
}

/** A user is no longer a participant. It is the last entry that this user's connections see. */
export interface ParticipantRemovedEntry {
  readonly kind: 'participantRemoved';
  /** Who was removed; the sender, when the user left. */
  readonly participantId: UserId;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/**
 * What a participant is in a conversation; `RightsTable` says what each may do. The numbers are stored. In JSON, its
 * name.
 */
export type ParticipantRole = 'member' | 'owner' | 'blocked' | 'readonly' | 'moderator';

/** Users became participants. */
export interface ParticipantsAddedEntry {
  readonly kind: 'participantsAdded';
  /** The new participants; at least one. */
  readonly participantIds: UserId[];
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** Participants of a conversation, and what the caller is there. */
export interface ParticipantsPage {
  /** Which conversation. */
  readonly conversationId: ConversationId;
  /**
   * The caller's own role; null for one who takes no part in a public conversation. `RightsTable` says what it allows.
   */
  readonly role: ParticipantRole | null;
  /** The seconds between two messages of a user; 0: there is no slow mode. */
  readonly slowModeSeconds: number;
  /** The participants, by id. */
  readonly participants: Participant[];
}

/** Asks for a page of a conversation's participants, in the order of their ids. */
export interface ParticipantsQuery {
  /** Only those with this role. `Blocked`: those who are banned, for owners and moderators. */
  role?: ParticipantRole | null;
  /** Only those after this user. Null: from the beginning. */
  after?: UserId | null;
  /** How many at most: 1 to 500, 100 by default. When there are fewer, the list ends there. */
  limit?: number | null;
}

/** A message that is pinned. */
export interface Pin {
  /** The message's sequence. */
  readonly sequence: number;
  /** The sequence of the entry that pinned it. */
  readonly pinSequence: number;
  /** Who pinned it. */
  readonly pinnedBy: UserId;
  /** When. */
  readonly pinnedAt: Timestamp;
  /** A preview of the message, as it is now; what is long is cut, as in lists of conversations. */
  readonly entry: ConversationEntry | null;
}

/** A message was pinned: everybody finds it among the pins of the conversation. */
export interface PinnedEntry {
  readonly kind: 'pinned';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** A user whom this connection watches (`GetPresence`) came online or went offline. */
export interface PresenceChange {
  /** The conversation that was asked about; null for the caller's contacts. */
  readonly conversationId: ConversationId | null;
  /** Who. */
  readonly userId: UserId;
  /** Whether the user is online now. */
  readonly online: boolean;
  /** When the user was last online; null while online, and when it is not known. */
  readonly lastSeenAt: Timestamp | null;
}

/** Who is online at this moment. */
export interface PresenceSnapshot {
  /** The conversation that was asked about; null for the caller's contacts. */
  readonly conversationId: ConversationId | null;
  /** The number of users online, including those that the list leaves out. */
  readonly onlineCount: number;
  /** The users, those online first; at most `PresenceUsers`. In a public conversation, only users who are online. */
  readonly users: UserPresence[];
  /**
   * True when changes will be reported to this connection. False when there are too many participants, or the
   * conversation is not joined.
   */
  readonly watching: boolean;
}

/** The reactions of one user to a message. */
export interface ReactionChange {
  /** Whose. */
  readonly userId: UserId;
  /** All of them, by key; empty when the user has none. */
  readonly keys: string[];
}

/** How many users have put a reaction to a message. */
export interface ReactionCount {
  /** The reaction. */
  readonly key: string;
  /** How many; at least one. */
  readonly count: number;
}

/** The answer to `SetReactions`, once the reactions are durable. */
export interface ReactionReceipt {
  /** The caller's reactions to the message from now on, by key. */
  readonly keys: string[];
  /**
   * The entry that tells them; null: one follows, at most `Chat:Messages:ReactionIntervalMilliseconds` after the one
   * before it.
   */
  readonly sequence: number | null;
  /** When the server stored them. */
  readonly createdAt: Timestamp;
  /** True when they were the caller's reactions already: nothing was stored. */
  readonly duplicate: boolean;
}

/**
 * The reactions to a message are others than before. An entry tells all changes since the one before it: in a quiet
 * conversation there is one per change, in a storm one per interval.
 */
export interface ReactionsChangedEntry {
  readonly kind: 'reactionsChanged';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /**
   * How many users have put which reactions to it: the 20 that are used the most, the most used first, then by key.
   * Empty when there is none any more.
   */
  readonly counts: ReactionCount[];
  /**
   * Whose reactions changed, and what they are now. Null where they are too many to be named; to show names, ask
   * `Reactions` then.
   */
  readonly changes: ReactionChange[] | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** Who has put which reactions to a message. */
export interface ReactionsPage {
  /**
   * How many users have put each reaction, the most used first, then by key. They are the newest: the log may tell them
   * a moment later.
   */
  readonly counts: ReactionCount[];
  /** Users and their reactions, by user. */
  readonly users: ReactionChange[];
  /**
   * The next page comes after this user; null: this is the last one. A page may be short, or empty, and have a next one
   * all the same.
   */
  readonly next: UserId | null;
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

/**
 * The server is about to stop and asks the client to connect again, to another instance. Nothing is lost: resume with
 * the last sequences seen.
 */
export interface ReconnectRequest {
  /** The longest time that this connection stays open. */
  readonly withinMilliseconds: number;
}

/** What a user reports to the moderators of a conversation: one of its messages, or one of its users. */
export interface ReportContent {
  /** The message; null: the report is about a user. */
  sequence?: number | null;
  /** The user, somebody else; null: the report is about a message, and so about its sender. */
  userId?: UserId | null;
  /** Why, at most 255 characters. */
  reason: string;
}

/** What came of a report. The numbers are stored. In JSON, its name. */
export type ReportOutcome = 'dismissed' | 'acted';

/** There is another open report, or one less. */
export interface ReportsChange {
  /** Where. */
  readonly conversationId: ConversationId;
}

/** Which of the open reports are asked for. */
export interface ReportsQuery {
  /** Only reports after the one with this id; null: from the oldest on. */
  after?: number | null;
  /** How many at most: 1 to 50, 20 unless given. */
  limit?: number | null;
}

/** A participant has another role. What the old one allowed and the new one does not ends with this entry. */
export interface RoleChangedEntry {
  readonly kind: 'roleChanged';
  /** Whose. */
  readonly participantId: UserId;
  /** The new role. */
  readonly role: ParticipantRole;
  /** When `Readonly` ends by itself, and the user is a member again; null: it does not. */
  readonly until: Timestamp | null;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** What a message may have besides its text. Everything is optional. */
export interface SendOptions {
  /**
   * The sender's own name for the message, at most 64 characters (Unicode code points). Sent again with the same key,
   * by the same user to the same conversation, on any transport, it is stored once, and the receipt says `duplicate`.
   * Without a key a retry may store it twice.
   */
  dedupeKey?: string | null;
  /** Text (default), image or file; system is refused. */
  msgType?: MessageType;
  /** Where the attachment is: at most 2,048 characters (Unicode code points). */
  attachmentUrl?: string | null;
  /** Any JSON value, or a string that holds JSON; at most 16 KiB in UTF-8. It comes back as it was sent. */
  attachmentMeta?: unknown;
  /**
   * Answers a message of the conversation, by its sequence. One in a thread is answered there, unless `Thread` names
   * another.
   */
  replyTo?: number | null;
  /**
   * Puts the message into the thread of a message of the conversation, by its sequence: of the thread's first message,
   * or of any other in it.
   */
  thread?: number | null;
  /** With a thread: the message is shown among those of the conversation too. */
  alsoInConversation?: boolean;
  /** Whom it is meant for in particular: at most 50 users, or everyone. */
  mentions?: MessageMentions | null;
  /** Its files, at most 10, in place of `AttachmentUrl` and `AttachmentMeta`. */
  attachments?: MessageAttachment[] | null;
}

/** The answer to a send, once the message is durable. */
export interface SendReceipt {
  /** The message's id. */
  readonly id: MessageId;
  /** Its position in the conversation. */
  readonly sequence: number;
  /** When the server stored it. */
  readonly createdAt: Timestamp;
  /**
   * True when the message had been stored before with the same dedupe key; the other values are then those of the first
   * send.
   */
  readonly duplicate: boolean;
}

/** Gives a user another role in a conversation. */
export interface SetRole {
  /** Whose. */
  userId: UserId;
  /** The new role. `Blocked` bans: the user takes part no longer. `Readonly` mutes. */
  role: ParticipantRole;
  /** How long a ban or a mute holds, by the server's clock; null: until it is taken back. */
  seconds?: number | null;
  /**
   * Why the user is banned or muted, at most 255 characters: told to the user, to owners and moderators. Null: no
   * reason.
   */
  reason?: string | null;
}

/** The replies of a thread. */
export interface ThreadReplies {
  /** How many; deleted ones are not counted. */
  readonly count: number;
  /** The sequence of the newest one. */
  readonly lastSequence: number;
}

/** A thread of a conversation, as one user has it. */
export interface ThreadSummary {
  /** The sequence of its first message. */
  readonly thread: number;
  /** How many replies it has; those that were deleted are not counted. */
  readonly replies: number;
  /** The sequence of its newest reply. Threads are listed by it, the newest first. */
  readonly lastSequence: number;
  /** A preview of that reply, as it is now; what is long is cut, as in lists of conversations. */
  readonly lastEntry: ConversationEntry | null;
  /** Who sent its newest 20 replies, the newest first, at most five users. */
  readonly people: UserId[];
  /** Whether the user follows it. */
  readonly isFollowing: boolean;
  /** Up to where the user has read it; 0 for one who never followed it. */
  readonly lastReadSequence: number;
  /**
   * Behind which sequence the user marked it as unread; null when it is not marked so. What is unread counts from the
   * smaller of this and `LastReadSequence`.
   */
  readonly unreadFrom: number | null;
  /**
   * What the user has not read of it; null for one who does not follow it. Replies that are shown in the conversation
   * too are counted there only.
   */
  readonly unread: Unread | null;
}

/** Asks for a page of a conversation's threads, the one with the newest reply first. */
export interface ThreadsQuery {
  /** Only threads whose newest reply is before this sequence: the `LastSequence` of the last one of the page before. */
  before?: number | null;
  /** How many at most: 1 to 50, 20 by default. When there are fewer, the list ends there. */
  limit?: number | null;
}

/** RFC 3339 in UTC with microseconds: `2025-01-01T12:00:00.000000Z`. `new Date(text)` reads it. */
export type Timestamp = string;

/** A user started or stopped typing. It may be lost. The server reports the end when a user does not renew it. */
export interface TypingChange {
  /** Where. */
  readonly conversationId: ConversationId;
  /** Who. */
  readonly userId: UserId;
  /** False when typing ended: sent, given up, or not renewed in time. */
  readonly isTyping: boolean;
}

/** An entry of a kind that a later version added: it has only what all entries have. */
export interface UnknownEntry {
  readonly kind: 'unknown';
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/** A message is pinned no longer. A deletion ends a pin without such an entry. */
export interface UnpinnedEntry {
  readonly kind: 'unpinned';
  /** The sequence of the message, in the same conversation. */
  readonly targetSequence: number;
  /** The permanent id of the entry. */
  readonly id: MessageId;
  /** The conversation that the entry belongs to. */
  readonly conversationId: ConversationId;
  /** Its position in that log: 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** The user who caused the entry. */
  readonly senderId: UserId;
  /** When the server stored it, in UTC, to the microsecond. Increases with every entry of a conversation. */
  readonly createdAt: Timestamp;
  /** True when its content was erased: it is null then. */
  readonly erased: boolean;
}

/**
 * The messages of the main stream that a user has not read: those behind the user's position that somebody else sent
 * and that have content.
 */
export interface Unread {
  /** How many. Exact when `More` is false, else at least so many; at most 99. */
  readonly count: number;
  /**
   * True when there are more than 99, or when more entries lie behind the position than are looked at: there may be
   * more than `Count`.
   */
  readonly more: boolean;
}

/** The id of a user: 1 to `UserIdLength` characters, no control characters, in form NFC, compared byte by byte. */
export type UserId = string;

/** Whether a user is online: connected with at least one device, over any transport, to any instance. */
export interface UserPresence {
  /** Who. */
  readonly userId: UserId;
  /** True while there is a connection and a few seconds longer, so that a reconnect does not show. */
  readonly online: boolean;
  /** When the user was last online; null while online, and when it is not known. */
  readonly lastSeenAt: Timestamp | null;
}

/** What is shown of a user in place of the id. */
export interface UserProfile {
  /** The user's id: the one field to compare users by. */
  readonly userId: UserId;
  /** Several users may have the same. Null: none was given, and the id is shown. */
  readonly name: string | null;
}

/** What a client may call on the hub at `Path`. */
export interface ChatHub {
  /** Shows the conversation's entries on this connection from now on, in order and each once. */
  Join(conversationId: ConversationId, afterSequence?: number | null): Promise<JoinResult>;
  /**
   * Stops showing the conversation on this connection. Leaving a conversation that was not joined is allowed.
   * Membership stays.
   */
  Leave(conversationId: ConversationId): Promise<void>;
  /**
   * Stores a message; the receipt comes once it is durable. The caller must be a participant, but need not have joined.
   */
  Send(conversationId: ConversationId, body: string | null, options?: SendOptions | null): Promise<SendReceipt>;
  /**
   * Lets a message of the caller's say something else. What the edit names replaces all that the message said; earlier
   * versions stay visible (`Versions`). An edit that changes nothing is answered with what is stored, as `duplicate`.
   */
  EditMessage(conversationId: ConversationId, targetSequence: number, command: EditMessage): Promise<SendReceipt>;
  /**
   * Deletes a message for ever: its content and that of its edits is erased. Its author may, and moderators. One that
   * is deleted already is answered with that deletion, as `duplicate`.
   */
  DeleteMessage(
    conversationId: ConversationId, targetSequence: number, command?: DeleteMessage | null
  ): Promise<SendReceipt>;
  /** A message, and the entry that has its content now: its newest edit or its deletion, where there is one. */
  Message(conversationId: ConversationId, sequence: number): Promise<HistoryPage>;
  /**
   * All versions of a message: the message, its edits and its deletion, ascending; at most `VersionsPage` in a page.
   */
  Versions(conversationId: ConversationId, sequence: number, after?: number | null): Promise<HistoryPage>;
  /** Creates a conversation, or returns the existing direct one. */
  CreateConversation(command: CreateConversation): Promise<ConversationSummary>;
  /** A page of the caller's conversations and the lobby, the most recently active first. */
  Conversations(query?: ConversationsQuery | null): Promise<ConversationSummary[]>;
  /** A page of the log: all of it, or what the main stream or a thread shows. */
  History(conversationId: ConversationId, query?: HistoryQuery | null): Promise<HistoryPage>;
  /**
   * Adds participants to a group. Members may; users who were removed or banned are added again by owners and
   * moderators only. Existing participants are ignored.
   */
  AddParticipants(conversationId: ConversationId, participantIds: UserId[]): Promise<void>;
  /**
   * Removes a participant from a group: the caller, or others where the caller is an owner or a moderator and stands
   * above them. When the last owner goes, the moderator who has been there for longest owns it, else the member.
   */
  RemoveParticipant(conversationId: ConversationId, participantId: UserId): Promise<void>;
  /** A page of the participants with their roles, in the order of their ids, and the caller's own role. */
  Participants(conversationId: ConversationId, query?: ParticipantsQuery | null): Promise<ParticipantsPage>;
  /**
   * Gives a user another role: owners make owners, moderators and members; owners and moderators mute and ban those
   * below them, for a time or for good, and take it back.
   */
  SetRole(conversationId: ConversationId, command: SetRole): Promise<void>;
  /** Changes title and settings of a group. Owners and moderators may. */
  ChangeConversation(conversationId: ConversationId, command: ChangeConversation): Promise<void>;
  /** A page of the threads of a conversation, the one with the newest reply first. */
  Threads(conversationId: ConversationId, query?: ThreadsQuery | null): Promise<ThreadSummary[]>;
  /**
   * Follows a thread, or no longer. The author of its first message follows it from the first reply on, and so does
   * everybody who replies or is mentioned in it. After a user has unfollowed a thread, only the user's own replies, or
   * this call, change that.
   */
  FollowThread(conversationId: ConversationId, thread: number, isFollowing?: boolean): Promise<void>;
  /**
   * Pins a message, for everybody, or takes its pin away. At most `Pins` messages of a conversation are pinned. What is
   * so already is answered with the entry that made it so, as `duplicate`.
   */
  SetPinned(conversationId: ConversationId, targetSequence: number, isPinned?: boolean): Promise<SendReceipt>;
  /** The pinned messages, the one that was pinned last first. */
  Pins(conversationId: ConversationId): Promise<Pin[]>;
  /**
   * Says which reactions to a message the caller has from now on, all of them: those that are not named are taken away.
   * Called again it changes nothing, and is answered with `duplicate`.
   */
  SetReactions(conversationId: ConversationId, targetSequence: number, keys: string[]): Promise<ReactionReceipt>;
  /**
   * A page of who has put which reactions to a message, in the order of the users' ids, at most `ReactionsPage` users.
   */
  Reactions(
    conversationId: ConversationId, targetSequence: number, key?: string | null, after?: UserId | null
  ): Promise<ReactionsPage>;
  /**
   * A page of the messages that name the caller, in all conversations that the caller takes part in, the newest first.
   */
  Mentions(query?: MentionsQuery | null): Promise<Mention[]>;
  /**
   * Stores that the caller has read up to this sequence, at most up to the newest entry, and notifies the others. It
   * never goes back. What was marked as unread is so no longer.
   */
  MarkRead(conversationId: ConversationId, sequence: number, thread?: number | null): Promise<void>;
  /**
   * Marks this entry and all behind it as unread, for the caller alone: others are shown the caller's position as it
   * was. The next `MarkRead` ends it.
   */
  MarkUnread(conversationId: ConversationId, sequence: number, thread?: number | null): Promise<void>;
  /**
   * How far each participant has read, for those who have read anything: the highest first, at most `PresenceUsers`.
   */
  ReadPositions(conversationId: ConversationId): Promise<ReadPosition[]>;
  /**
   * Whether the caller wants notifications of the conversation's messages while not connected. Other participants do
   * not see this.
   */
  SetMuted(conversationId: ConversationId, isMuted?: boolean): Promise<void>;
  /**
   * Shows the others that the caller is typing. It expires, so repeat it every few seconds. More frequent calls are
   * ignored.
   */
  Typing(conversationId: ConversationId, isTyping?: boolean): Promise<void>;
  /**
   * Who is online now, and from then on every change (`PresenceChanged`) until this connection leaves the conversation
   * or ends.
   */
  GetPresence(conversationId?: ConversationId | null): Promise<PresenceSnapshot>;
  /** The names of users, and from now on every change of one (`UserChanged`) until this connection ends. */
  Users(userIds: UserId[]): Promise<UserProfile[]>;
  /**
   * From now on the caller and this user have nothing to do with each other: neither writes to the other directly, adds
   * the other to a conversation, or is shown when the other types, comes or goes. What both see in groups stays. The
   * user is not told.
   */
  Block(userId: UserId): Promise<void>;
  /** Takes back the caller's block. The other user's own block, if there is one, stays. */
  Unblock(userId: UserId): Promise<void>;
  /** Whom the caller has blocked, in the order of their ids. Who has blocked the caller is not said. */
  Blocks(): Promise<UserId[]>;
  /**
   * Reports a message or a user of a conversation to its moderators. Nobody else is told, and never who it was. The
   * same once more, while it is open, changes nothing.
   */
  Report(conversationId: ConversationId, content: ReportContent): Promise<void>;
  /**
   * A page of the open reports, the oldest first, and from then on every change (`ReportsChanged`) until this
   * connection ends. One about the caller is not shown.
   */
  Reports(conversationId?: ConversationId | null, query?: ReportsQuery | null): Promise<OpenReport[]>;
  /** Closes a report that the caller is shown. One that is closed already stays as it is. */
  CloseReport(reportId: number, outcome: ReportOutcome): Promise<void>;
  /** Whom the server takes the caller for. */
  Me(): Promise<CallerIdentity>;
  /**
   * Gives this connection a new token of its user: it lasts until that one expires. A token that is refused leaves it
   * as it was; one of another user ends it, with `identity_mismatch`. Not for open mode.
   */
  Refresh(token: string): Promise<CallerIdentity>;
}

/** What the hub calls on a client. */
export interface ChatHubEvents {
  /** A message, the client's own included. */
  MessageReceived(message: MessageEntry): void;
  /** An entry that is not a message. */
  EntryReceived(entry: ConversationEntry): void;
  /**
   * The connection no longer sees the conversation, because its user was removed. The entry of that removal came
   * before.
   */
  ConversationClosed(conversationId: ConversationId): void;
  /**
   * Another user started or stopped typing in a joined conversation. This is not an entry: it may be lost, and it is
   * not ordered with entries.
   */
  TypingChanged(change: TypingChange): void;
  /**
   * A participant of a joined conversation, perhaps the caller on another device, has read on. It may be lost; a later
   * one replaces it.
   */
  ReadPositionChanged(position: ReadPosition): void;
  /** The caller has other reactions to a message, set on another device. */
  OwnReactionsChanged(reactions: OwnReactions): void;
  /** A user whom this connection watches (`GetPresence`) came online or went offline. */
  PresenceChanged(change: PresenceChange): void;
  /** A conversation of the user's is new, or its newest entry, unread count, title or mute changed. */
  ConversationChanged(summary: ConversationSummary): void;
  /** The user is no longer a participant of the conversation. Sent to the same connections, joined or not. */
  ConversationRemoved(conversationId: ConversationId): void;
  /** A user who shares a group or direct conversation with this one has another name. */
  UserChanged(user: UserProfile): void;
  /** There is another open report that the user may see, or one less. */
  ReportsChanged(change: ReportsChange): void;
  /** The log was put back to an earlier state: the joined conversation goes on after this sequence. */
  GenerationChanged(place: JoinResult): void;
  /** The server is about to stop: connect again, and resume. A connection that stays is closed. */
  ReconnectRequested(request: ReconnectRequest): void;
}
