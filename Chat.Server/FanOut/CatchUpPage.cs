using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>A stretch of a log that was read from disk, for all readers that are behind in it.</summary>
internal sealed class CatchUpPage
{
    private readonly Lock _gate = new();
    private readonly EntryRing _entries;
    private EncodedBlock?[] _latestBlocks = [];
    private long _blocksWeight;

    /// <param name="entries">Contiguous, at least one.</param>
    public CatchUpPage(List<ConversationEntry> entries)
    {
        _entries = new EntryRing(entries[0].Sequence - 1, entries.Count, long.MaxValue);
        foreach (var entry in entries) _entries.Add(entry);
        (From, To) = (_entries.First, _entries.Head);
    }

    /// <summary>The first sequence in it.</summary>
    public long From { get; }

    /// <summary>The last sequence in it.</summary>
    public long To { get; }

    /// <summary>The bytes it holds now: encodings are made when they are asked for.</summary>
    public long Weight
    {
        get
        {
            lock (_gate) return _entries.Weight + _blocksWeight;
        }
    }

    /// <summary>A block of what follows the cursor, which lies in this page, up to <paramref name="to"/> or
    /// less.</summary>
    public EncodedBlock Take(long cursor, long to, WireFormat format, int maxBytes)
    {
        lock (_gate)
        {
            if (format.Index >= _latestBlocks.Length) Array.Resize(ref _latestBlocks, format.Index + 1);
            ref var latest = ref _latestBlocks[format.Index];
            if (latest is not null && latest.From == cursor + 1 && latest.To <= to) return latest;
            _blocksWeight -= latest?.Weight ?? 0;
            latest = BlockBuilder.FromRing(_entries, cursor + 1, Math.Min(to, To), format, maxBytes);
            _blocksWeight += latest.Weight;
            return latest;
        }
    }
}
