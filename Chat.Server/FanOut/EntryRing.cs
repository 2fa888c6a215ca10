using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>The newest entries of one log, contiguous, bounded by number and weight. Not thread-safe: its feed
/// locks.</summary>
internal sealed class EntryRing(long head, int capacity, int maxWeight)
{
    private EncodedEntry?[] _slots = [];
    private long _weight;

    /// <summary>The newest sequence.</summary>
    public long Head { get; private set; } = head;

    /// <summary>The oldest sequence in memory; one above <see cref="Head"/> while it is empty.</summary>
    public long First { get; private set; } = head + 1;

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
        _weight += added.Weight;
        while (_weight > maxWeight && First < Head) DropFirst();
    }

    /// <summary>Drops what is in memory up to this sequence; the log is read instead.</summary>
    public void DropUpTo(long sequence)
    {
        while (First <= Math.Min(sequence, Head)) DropFirst();
    }

    private void DropFirst()
    {
        ref var slot = ref _slots[First % _slots.Length];
        _weight -= slot!.Weight;
        slot = null;
        First++;
    }

    private void Grow()
    {
        var larger = new EncodedEntry?[Math.Clamp(_slots.Length * 2, 8, capacity)];
        for (var sequence = First; sequence <= Head; sequence++) larger[sequence % larger.Length] = this[sequence];
        _slots = larger;
    }
}
