using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>Puts encoded entries into blocks of a bounded size; at least one entry each.</summary>
internal static class BlockBuilder
{
    /// <summary>A block of what the ring has from one sequence up to another, or less when it would be too
    /// large.</summary>
    public static EncodedBlock FromRing(EntryRing ring, long from, long to, WireFormat format, int maxBytes)
    {
        var first = ring.Encode(from, format);
        var length = first.Length;
        var last = from;
        while (last < to && length + ring.Encode(last + 1, format).Length <= maxBytes)
            length += ring.Encode(++last, format).Length;

        var bytes = last == from ? first : new byte[length];
        var at = 0;
        for (var sequence = from; last > from && sequence <= last; sequence++)
        {
            var encoded = ring.Encode(sequence, format);
            encoded.CopyTo(bytes, at);
            at += encoded.Length;
        }
        IReadOnlyList<ConversationEntry> entries = format.LooksAtEntries
            ? new RingSlice(ring, from, last)
            : Array.Empty<ConversationEntry>();
        return format.CreateBlock(from, last, bytes, entries);
    }
}
