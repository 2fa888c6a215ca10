using System.Buffers;
using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>An entry in a feed's memory with its encodings, made on first need.</summary>
internal sealed class EncodedEntry(ConversationEntry entry)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_scratch;

    // Most conversations are read in one format.
    private WireFormat? _format;
    private byte[] _bytes = [];
    private (WireFormat Format, byte[] Bytes)[] _others = [];

    public ConversationEntry Entry { get; } = entry;

    /// <summary>The bytes it holds: the entry and the encodings that were made of it.</summary>
    public long Weight { get; private set; } = EntryWeight.Of(entry);

    /// <summary>The bytes in this format. Callers hold the feed's lock, so that each encoding is made once.</summary>
    public byte[] Encode(WireFormat format)
    {
        if (_format == format) return _bytes;
        foreach (var other in _others)
            if (other.Format == format) return other.Bytes;
        var bytes = EncodeOnce(Entry, format);
        Weight += EntryWeight.Header + bytes.Length;
        if (_format is null) (_format, _bytes) = (format, bytes);
        else _others = [.. _others, (format, bytes)];
        return bytes;
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
