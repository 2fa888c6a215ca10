namespace Chat.Contracts.Protocol;

/// <summary>The sizes that are part of the protocol. A server refuses what is larger with <c>bad_request</c> and says
/// so.</summary>
public static class ChatLimits
{
    /// <summary>Characters (Unicode code points, here and below) of a user id: 1 to 255.</summary>
    public const int UserIdLength = 255;

    /// <summary>Characters of a dedupe key: 1 to 64.</summary>
    public const int DedupeKeyLength = 64;

    /// <summary>Bytes of a message body in UTF-8: 64 KiB.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>Characters of an attachment's URL: 2,048.</summary>
    public const int AttachmentUrlLength = 2_048;

    /// <summary>Bytes of an attachment's metadata as JSON text in UTF-8: 16 KiB.</summary>
    public const int AttachmentMetaBytes = 16 * 1024;

    /// <summary>Attachments of a message: 10. Their metadata together has at most
    /// <see cref="AttachmentMetaBytes"/>.</summary>
    public const int Attachments = 10;

    /// <summary>Characters of an attachment's id: 64.</summary>
    public const int AttachmentIdLength = 64;

    /// <summary>Characters of an attachment's name, and of its media type: 255.</summary>
    public const int AttachmentNameLength = 255;

    /// <summary>Users whom a message mentions: 50. Where no more take part, anybody may mention everyone.</summary>
    public const int Mentions = 50;

    /// <summary>Levels that JSON from a client may nest: 32.</summary>
    public const int JsonDepth = 32;

    /// <summary>Bytes of one message from a client on a socket: 1 MiB. A larger one closes the socket with
    /// 1009.</summary>
    public const int FrameBytes = 1024 * 1024;

    /// <summary>Seconds from the first byte of a message on a socket, or of a body over REST, to its last: 30. When it
    /// takes longer, the connection is closed.</summary>
    public const int MessageSeconds = 30;

    /// <summary>Users named in one request: 1,000.</summary>
    public const int ParticipantsPerRequest = 1_000;

    /// <summary>Characters of a conversation's topic: 250.</summary>
    public const int TopicLength = 250;

    /// <summary>Characters of the address of a conversation's picture: 2,048.</summary>
    public const int AvatarUrlLength = 2_048;

    /// <summary>Characters of a conversation's title: 255.</summary>
    public const int TitleLength = 255;

    /// <summary>Entries in one page of history: 1 to 500, 50 by default.</summary>
    public const int HistoryPage = 500;

    /// <summary>Entries in a page of history when no limit is given.</summary>
    public const int DefaultHistoryPage = 50;

    /// <summary>Bytes of content in one page of the log or of history: 1 MiB. Content is body, attachment and its
    /// metadata, and what other kinds of entries carry, in UTF-8. A page ends before the entry that would exceed
    /// this, but has at least one.</summary>
    public const int PageBytes = 1024 * 1024;

    /// <summary>Messages that a page over REST may skip: 10,000. Older pages are requested by
    /// sequence.</summary>
    public const int Offset = 10_000;

    /// <summary>Conversations in one page of the list: 1 to 100, 50 by default.</summary>
    public const int ListPage = 100;

    /// <summary>Conversations in a page of the list when no limit is given.</summary>
    public const int DefaultListPage = 50;

    /// <summary>Messages of a conversation that are pinned at the same time: 250.</summary>
    public const int Pins = 250;

    /// <summary>Reactions that one user may have put to a message: 8.</summary>
    public const int ReactionsPerUser = 8;

    /// <summary>Different reactions to a message: 20.</summary>
    public const int ReactionsPerMessage = 20;

    /// <summary>Bytes of an emoji that is a reaction, in UTF-8: 64.</summary>
    public const int ReactionBytes = 64;

    /// <summary>Characters of a reaction that is a name, <c>:like_this:</c>, with its colons: 3 to 32.</summary>
    public const int ReactionNameLength = 32;

    /// <summary>Users in one page of who has put which reactions: 100.</summary>
    public const int ReactionsPage = 100;

    /// <summary>Users whose changes one entry names; beyond, it has only counts: 20.</summary>
    public const int ReactionChanges = 20;

    /// <summary>Threads in one page of them: 1 to 50, 20 by default.</summary>
    public const int ThreadsPage = 50;

    /// <summary>Threads in a page when no limit is given.</summary>
    public const int DefaultThreadsPage = 20;

    /// <summary>The newest replies of a thread whose senders are named: 20, and of these users five.</summary>
    public const int ThreadPeople = 5;

    /// <summary>Characters, as users see them, of the newest message in a list of conversations: 200. Characters that
    /// have many parts take at most 2,048 UTF-16 units in all.</summary>
    public const int PreviewLength = 200;

    /// <summary>Characters of a user's name: 255.</summary>
    public const int UserNameLength = 255;

    /// <summary>Users whose names one question asks for: 1 to 100.</summary>
    public const int UsersPage = 100;

    /// <summary>Users whom one user may have blocked: 1,000.</summary>
    public const int BlocksPerUser = 1_000;

    /// <summary>Users that one answer about presence or read positions names: 1,000.</summary>
    public const int PresenceUsers = 1_000;

    /// <summary>Participants in one page of them: 1 to 500, 100 by default.</summary>
    public const int ParticipantsPage = 500;

    /// <summary>Participants in a page when no limit is given.</summary>
    public const int DefaultParticipantsPage = 100;

    /// <summary>Reports in one page of them: 1 to 50, 20 by default.</summary>
    public const int ReportsPage = 50;

    /// <summary>Reports in a page when no limit is given.</summary>
    public const int DefaultReportsPage = 20;

    /// <summary>Reports of one user that may be open: 100.</summary>
    public const int ReportsPerUser = 100;

    /// <summary>Characters of the reason for a ban, a mute or a report: 255.</summary>
    public const int ReasonLength = 255;

    /// <summary>Entries in a page of the versions of a message: 100.</summary>
    public const int VersionsPage = 100;

    /// <summary>Seconds that a ban or a mute holds at most, unless it has no end: 366 days.</summary>
    public const int RoleSeconds = 366 * 24 * 60 * 60;

    /// <summary>Seconds between two messages of a user in slow mode: at most 86,400, a day.</summary>
    public const int SlowModeSeconds = 86_400;
}
