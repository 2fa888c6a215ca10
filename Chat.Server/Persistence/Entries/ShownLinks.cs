namespace Chat.Server.Persistence.Entries;

/// <summary>Follows a log entry by entry: where it ends, and the links between the entries that the main stream shows,
/// as an append makes them.</summary>
internal struct ShownLinks
{
    /// <summary>The newest entry's sequence; 0: there is none.</summary>
    public long Last { get; private set; }

    public DateTimeOffset? LastAt { get; private set; }

    /// <summary>The newest entry that is shown, once one was hidden; 0 until then: all are shown.</summary>
    public long Shown { get; private set; }

    public DateTimeOffset? ShownAt { get; private set; }

    /// <returns>The last shown entry before it; null: the one directly before.</returns>
    public long? Add(long sequence, DateTimeOffset at, bool isShown)
    {
        long? before = Shown > 0 && Shown < Last ? Shown : null;
        if (!isShown && Shown == 0) (Shown, ShownAt) = (Last, LastAt);
        (Last, LastAt) = (sequence, at);
        if (isShown && Shown > 0) (Shown, ShownAt) = (Last, LastAt);
        return before;
    }
}
