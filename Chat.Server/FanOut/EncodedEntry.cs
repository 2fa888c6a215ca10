using System.Buffers;
using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>An entry in a feed's memory with its encodings, made on first need.</summary>
internal sealed class EncodedEntry(ConversationEntry entry)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_scratch;

    private byte[]?[] _encodings = [];

    public ConversationEntry Entry { get; } = entry;

    /// <summary>Roughly what it costs to keep.</summary>
    public int Weight { get; } = 256 + (entry is MessageEntry { Body: { } body } ? body.Length * 2 : 0);

    /// <summary>The bytes in this format. Callers hold the feed's lock, so that each encoding is made once.</summary>
    public byte[] Encode(WireFormat format)
    {
        if (format.Index < _encodings.Length && _encodings[format.Index] is { } known) return known;
        if (format.Index >= _encodings.Length) Array.Resize(ref _encodings, format.Index + 1);
        return _encodings[format.Index] = EncodeOnce(Entry, format);
    }

    private static byte[] EncodeOnce(ConversationEntry entry, WireFormat format)
    {
        var scratch = t_scratch ??= new ArrayBufferWriter<byte>(1_024);
        scratch.ResetWrittenCount();
        format.Encode(entry, scratch);
        var bytes = scratch.WrittenSpan.ToArray();
        // one huge message must not be paid for by every thread for ever
        if (scratch.Capacity > 256 * 1024) t_scratch = null;
        return bytes;
    }
}
