namespace Chat.Server.Transports.WebSockets;

/// <summary>What a raw socket may ask for beyond go-chatty's frames, in <c>features=</c>.</summary>
[Flags]
internal enum RawFeatures
{
    None = 0,

    /// <summary>Every entry with its sequence, entries that are not messages included.</summary>
    Seq = 1,

    /// <summary>Who types.</summary>
    Typing = 2,

    /// <summary>Who comes and goes, in every joined conversation.</summary>
    Presence = 4,

    /// <summary>A receipt for each message sent, and how far others have read.</summary>
    Receipts = 8,

    /// <summary>What edits and deletions of messages say, and the commands for them. Receipts come with it.</summary>
    Edits = 16,

    /// <summary>What reactions to messages say, and the commands for them.</summary>
    Reactions = 32,

    /// <summary>A frame that asks to connect again before the server stops.</summary>
    Reconnect = 64,

    /// <summary>What changes in the list of the user's conversations.</summary>
    Conversations = 128,

    /// <summary>The names of users, once asked for, and who has another one.</summary>
    Users = 256,

    /// <summary>Whom the server takes the caller for, in the first frame, and new tokens.</summary>
    Auth = 512,

    /// <summary>Whom the user wants nothing to do with.</summary>
    Blocks = 4096,

    /// <summary>Answers, threads, mentions and all attachments of messages, and pins.</summary>
    Threads = 8192,

    /// <summary>Reports to moderators, and their list.</summary>
    Reports = 65536,

    /// <summary>Participants, their roles, title and settings of conversations.</summary>
    Rights = 131072,

    /// <summary>Pages of the log, of the main stream and of threads, with what became of their messages; versions of a
    /// message; marks of what is unread.</summary>
    Views = 262144,
}
