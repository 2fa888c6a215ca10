using System.Collections;
using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>Entries of a ring as a list, without copying them; good only while the feed's lock is held.</summary>
internal readonly struct RingSlice(EntryRing ring, long from, long to) : IReadOnlyList<ConversationEntry>
{
    public int Count => (int)(to - from + 1);

    public ConversationEntry this[int index] => ring[from + index].Entry;

    public IEnumerator<ConversationEntry> GetEnumerator()
    {
        for (var sequence = from; sequence <= to; sequence++) yield return ring[sequence].Entry;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
