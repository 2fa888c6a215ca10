namespace Chat.Server.Persistence;

/// <summary>What became of one draft of a committed batch.</summary>
internal enum CommitStatus
{
    /// <summary>Stored with this batch.</summary>
    Stored,

    /// <summary>An entry with the same conversation, sender and dedupe key is there already, or the change changes
    /// nothing; the values are those of the entry that has done it.</summary>
    Duplicate,

    /// <summary>There is no such conversation; nothing was stored for it.</summary>
    NoConversation,

    /// <summary>A right was taken since it was read (<see cref="Entries.Draft.AsOf"/>): the sender was removed, muted
    /// or blocked, or slow mode began. Nothing was stored for it.</summary>
    NotAllowed,

    /// <summary>In slow mode the sender has to wait until the time of the outcome; nothing was stored for it.</summary>
    TooSoon,

    /// <summary>The message that was to be changed has no content any more, or is none; nothing was stored.</summary>
    Gone,

    /// <summary>The message that was to be edited has another version, which is the sequence of the outcome; nothing
    /// was stored.</summary>
    Conflict,

    /// <summary>The sender has used the dedupe key for an entry of another kind or about another message; nothing was
    /// stored.</summary>
    KeyTaken,

    /// <summary>As many messages of the conversation are pinned as may be, or the message has as many reactions;
    /// nothing was stored.</summary>
    TooMany,

    /// <summary>What reactions are put to is no message; nothing was stored.</summary>
    NoMessage,

    /// <summary>Whether the message may have these reactions too depends on others of the batch: to be tried again
    /// alone. Or they have to be told at once. Nothing was stored.</summary>
    Again,
}
