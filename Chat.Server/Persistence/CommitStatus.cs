namespace Chat.Server.Persistence;

/// <summary>What became of one draft of a committed batch.</summary>
internal enum CommitStatus
{
    /// <summary>Stored with this batch.</summary>
    Stored,

    /// <summary>An entry with the same conversation, sender and dedupe key is there already; the values are those of
    /// that entry.</summary>
    Duplicate,

    /// <summary>There is no such conversation; nothing was stored for it.</summary>
    NoConversation,

    /// <summary>A right was taken since it was read (<see cref="Entries.Draft.AsOf"/>): the sender was removed, muted
    /// or blocked, or slow mode began. Nothing was stored for it.</summary>
    NotAllowed,

    /// <summary>In slow mode the sender has to wait until the time of the outcome; nothing was stored for it.</summary>
    TooSoon,
}
