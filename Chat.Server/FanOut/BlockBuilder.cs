using System.Buffers;
using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>Puts encoded entries into blocks of a bounded size; at least one entry each.</summary>
internal static class BlockBuilder
{
    /// <summary>A block of what memory has from one sequence up to another, or less when it would be too
    /// large.</summary>
    public static EncodedBlock FromRing(EntryRing ring, long from, long to, WireFormat format, int maxBytes)
    {
        var first = ring[from].Encode(format);
        var length = first.Length;
        var last = from;
        while (last < to && length + ring[last + 1].Encode(format).Length <= maxBytes)
            length += ring[++last].Encode(format).Length;

        var bytes = last == from ? first : new byte[length];
        var at = 0;
        for (var sequence = from; last > from && sequence <= last; sequence++)
        {
            var encoded = ring[sequence].Encode(format);
            encoded.CopyTo(bytes, at);
            at += encoded.Length;
        }
        return format.CreateBlock(from, last, bytes, new RingSlice(ring, from, last));
    }

    /// <summary>A block of entries that were read from the log: contiguous, at least one.</summary>
    public static EncodedBlock FromEntries(List<ConversationEntry> entries, WireFormat format)
    {
        var output = new ArrayBufferWriter<byte>(entries.Count * 512);
        foreach (var entry in entries) format.Encode(entry, output);
        return format.CreateBlock(entries[0].Sequence, entries[^1].Sequence, output.WrittenMemory, entries);
    }
}
