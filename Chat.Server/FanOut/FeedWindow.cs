using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>What a feed has in memory: the newest entries, and of each format the block that was made last.</summary>
/// <remarks>Not thread-safe but for <see cref="TryLatest"/>: its feed locks.</remarks>
internal sealed class FeedWindow(long head, FeedContext context)
{
    private readonly EntryRing _ring = new(head, context.Options.FeedCapacity, context.Options.FeedBytes);
    private EncodedBlock?[] _latestBlocks = []; // by the format's index, as far as there is one
    private long _blocksWeight;

    /// <summary>The bytes that it holds.</summary>
    public long Weight => _ring.Weight + _blocksWeight;

    /// <summary>The oldest entry; null when there is none.</summary>
    public ConversationEntry? Oldest => _ring.First <= _ring.Head ? _ring[_ring.First].Entry : null;

    /// <summary>The entry of this sequence, which is not beyond the newest; null when memory does not reach back that
    /// far.</summary>
    public ConversationEntry? Find(long sequence) => sequence >= _ring.First ? _ring[sequence].Entry : null;

    /// <summary>The sequence of the newest entry that is not later than this time; null when memory does not reach back
    /// that far.</summary>
    public long? FindSequence(DateTimeOffset notAfter)
    {
        if (Oldest is not { } oldest || oldest.CreatedAt > notAfter) return null;
        var (low, high) = (_ring.First, _ring.Head);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (_ring[middle].Entry.CreatedAt <= notAfter) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    /// <summary>Adds the entry after the newest one.</summary>
    public void Add(ConversationEntry entry) => _ring.Add(entry);

    /// <summary>The block that was made last, if it is this stretch. Needs no lock.</summary>
    public EncodedBlock? TryLatest(long cursor, long to, WireFormat format)
    {
        var blocks = Volatile.Read(ref _latestBlocks);
        return format.Index < blocks.Length && Volatile.Read(ref blocks[format.Index]) is { } latest
            && latest.From == cursor + 1 && latest.To == to ? latest : null;
    }

    /// <summary>Makes the block after <paramref name="cursor"/>, up to <paramref name="to"/> or less; null when memory
    /// does not reach back that far.</summary>
    public EncodedBlock? TryMake(long cursor, long to, WireFormat format)
    {
        // Ahead of the log: it was put back meanwhile, and the reader will be notified.
        if (cursor + 1 < _ring.First || cursor >= _ring.Head) return null;
        var block = BlockBuilder.FromRing(
            _ring, cursor + 1, Math.Min(to, _ring.Head), format, context.Options.BlockBytes);
        if (format.Index >= _latestBlocks.Length)
        {
            var larger = _latestBlocks;
            Array.Resize(ref larger, format.Index + 1);
            Volatile.Write(ref _latestBlocks, larger);
        }
        _blocksWeight += block.Weight - (_latestBlocks[format.Index]?.Weight ?? 0);
        Volatile.Write(ref _latestBlocks[format.Index], block);
        _ring.Trim(_blocksWeight);
        return block;
    }

    /// <summary>Drops the entries up to this sequence, and the blocks.</summary>
    public void DropUpTo(long sequence)
    {
        _ring.DropUpTo(sequence);
        ForgetBlocks();
    }

    /// <summary>Takes the content out of a message and its edits, and drops the blocks.</summary>
    public void Erase(long message)
    {
        _ring.Erase(message);
        ForgetBlocks();
    }

    /// <summary>Drops everything: the next entry is the one after this.</summary>
    public void MoveTo(long head)
    {
        _ring.MoveTo(head);
        ForgetBlocks();
    }

    private void ForgetBlocks()
    {
        Array.Clear(_latestBlocks);
        _blocksWeight = 0;
    }
}
