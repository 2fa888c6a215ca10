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

    /// <summary>The bytes it holds: the entry and the encodings that were made of it.</summary>
    public long Weight { get; private set; } = EntryWeight.Of(entry);

    /// <summary>The bytes in this format. Callers hold the feed's lock, so that each encoding is made once.</summary>
    public byte[] Encode(WireFormat format)
    {
        if (format.Index < _encodings.Length && _encodings[format.Index] is { } known) return known;
        if (format.Index >= _encodings.Length) Array.Resize(ref _encodings, format.Index + 1);
        var bytes = EncodeOnce(Entry, format);
        Weight += EntryWeight.Header + bytes.Length;
        return _encodings[format.Index] = bytes;
    }

    private static byte[] EncodeOnce(ConversationEntry entry, WireFormat format)
    {
        var scratch = t_scratch ??= new ArrayBufferWriter<byte>(1_024);
        scratch.ResetWrittenCount();
        format.Encode(entry, scratch);
        var bytes = scratch.WrittenSpan.ToArray();
        // one huge message must not cost every thread memory permanently
        if (scratch.Capacity > 256 * 1024) t_scratch = null;
        return bytes;
    }
}
