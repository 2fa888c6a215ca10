using System.Buffers;
using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>One way to write entries for readers. An entry is encoded once per format, and the bytes are shared by all its readers.</summary>
/// <remarks>Formats are singletons made at start: <see cref="Index"/> is their place in every per-format table.</remarks>
internal abstract class WireFormat
{
    private static int _count;

    protected WireFormat() => Index = Interlocked.Increment(ref _count) - 1;

    public int Index { get; }

    /// <summary>Writes the entry, complete with whatever separates it from the next; nothing when this format does not show such entries.</summary>
    public abstract void Encode(ConversationEntry entry, IBufferWriter<byte> output);

    /// <summary>Wraps bytes that are about to be shared; a transport may hang what it derives from them on its own kind of block.</summary>
    public virtual EncodedBlock CreateBlock(long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries) =>
        new(from, to, bytes);
}
