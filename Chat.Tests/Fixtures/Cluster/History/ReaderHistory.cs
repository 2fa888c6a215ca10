namespace Chat.Tests.Fixtures.Cluster.History;

/// <summary>All that one reader was shown of one conversation, over all its connections. Written by its reader alone;
/// read by others for where it is.</summary>
internal sealed class ReaderHistory(string reader, Guid conversation, long from = 0)
{
    private readonly List<ReaderEpoch> _epochs = [];
    private long _last = from;
    private volatile object? _lastId;

    public string Reader => reader;

    public Guid Conversation => conversation;

    /// <summary>It is shown messages only; the sequences of the other entries are missing from its view, and rightly
    /// so.</summary>
    public bool MessagesOnly { get; init; }

    /// <summary>It comes to know no sequences, so each of its connections stands for itself.</summary>
    public bool LiveOnly { get; init; }

    /// <summary>Its user is removed and added at times: what it is shown must end with each removal.</summary>
    public bool ComesAndGoes { get; init; }

    /// <summary>Replaces an entry by none or several, to see that the checker notices. Null: as it is shown.</summary>
    public Func<ShownEntry, IEnumerable<ShownEntry>>? Sabotage { get; init; }

    public IReadOnlyList<ReaderEpoch> Epochs => _epochs;

    /// <summary>The last sequence it was shown, or the point from which it started: where to resume.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>The id of the entry shown last on the connection that is open; null when it was shown none.</summary>
    public Guid? LastId => (Guid?)_lastId;

    public int Count => _epochs.Sum(epoch => epoch.Entries.Count);

    /// <summary>A connection joined.</summary>
    /// <param name="after">The sequence after which it resumes; null: live only.</param>
    /// <param name="head">The end of the log when it joined, where the wire says so: all before it is history.</param>
    public void Begin(long? after, long? head = null)
    {
        _epochs.Add(new ReaderEpoch(after, head ?? after ?? 0));
        _lastId = null;
        if (after is { } sequence) Volatile.Write(ref _last, sequence);
    }

    public void Show(ShownEntry entry)
    {
        if (_epochs.Count == 0)
            throw new InvalidOperationException($"{reader} was shown an entry before it had joined");
        if (Sabotage is null) _epochs[^1].Entries.Add(entry);
        else _epochs[^1].Entries.AddRange(Sabotage(entry));
        _lastId = entry.Id;
        if (entry.Sequence > 0) Volatile.Write(ref _last, entry.Sequence);
    }
}

/// <summary>What one connection was shown.</summary>
/// <param name="After">The sequence after which it asked to be shown; null: from wherever the log was.</param>
/// <param name="Head">The end of the log when it joined.</param>
internal sealed record ReaderEpoch(long? After, long Head)
{
    public List<ShownEntry> Entries { get; } = [];
}
