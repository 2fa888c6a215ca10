using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>The newest entries of one log, contiguous, bounded by number and weight. Not thread-safe: its feed
/// locks.</summary>
internal sealed class EntryRing(long head, int capacity, long maxWeight)
{
    private EncodedEntry?[] _slots = [];

    /// <summary>The newest sequence.</summary>
    public long Head { get; private set; } = head;

    /// <summary>The oldest sequence in memory; one above <see cref="Head"/> while it is empty.</summary>
    public long First { get; private set; } = head + 1;

    /// <summary>The bytes that the entries and their encodings hold.</summary>
    public long Weight { get; private set; }

    public EncodedEntry this[long sequence] => _slots[sequence % _slots.Length]!;

    /// <summary>Adds the entry that follows <see cref="Head"/>.</summary>
    public void Add(ConversationEntry entry)
    {
        var added = new EncodedEntry(entry);
        if (Head - First + 1 == _slots.Length)
        {
            if (_slots.Length < capacity) Grow();
            else DropFirst();
        }
        Head = entry.Sequence;
        _slots[Head % _slots.Length] = added;
        Weight += added.Weight;
        Trim();
    }

    /// <summary>The bytes of the entry in this format. They count from now on; <see cref="Trim"/> when all that are
    /// needed are made.</summary>
    public byte[] Encode(long sequence, WireFormat format)
    {
        var entry = this[sequence];
        Weight -= entry.Weight;
        var bytes = entry.Encode(format);
        Weight += entry.Weight;
        return bytes;
    }

    /// <summary>Drops the oldest until the rest, and what else is held beside them, is within the weight. The newest
    /// stays.</summary>
    /// <param name="beside">The bytes that are held beside the entries.</param>
    public void Trim(long beside = 0)
    {
        while (Weight + beside > maxWeight && First < Head) DropFirst();
    }

    /// <summary>Drops what is in memory up to this sequence; the log is read instead.</summary>
    public void DropUpTo(long sequence)
    {
        while (First <= Math.Min(sequence, Head)) DropFirst();
    }

    /// <summary>Takes the content out of a message and its edits.</summary>
    public void Erase(long message)
    {
        for (var sequence = Math.Max(First, message); sequence <= Head; sequence++)
        {
            ref var slot = ref _slots[sequence % _slots.Length];
            if (!Erasure.Concerns(slot!.Entry, message)) continue;
            Weight -= slot.Weight;
            slot = new EncodedEntry(Erasure.Of(slot.Entry));
            Weight += slot.Weight;
        }
    }

    /// <summary>Empties the ring, with this as the newest sequence.</summary>
    public void MoveTo(long head)
    {
        Array.Clear(_slots);
        (Head, First, Weight) = (head, head + 1, 0);
    }

    private void DropFirst()
    {
        ref var slot = ref _slots[First % _slots.Length];
        Weight -= slot!.Weight;
        slot = null;
        First++;
    }

    private void Grow()
    {
        var larger = new EncodedEntry?[Math.Min(Math.Max(_slots.Length * 2, 8), capacity)];
        for (var sequence = First; sequence <= Head; sequence++) larger[sequence % larger.Length] = this[sequence];
        _slots = larger;
    }
}
