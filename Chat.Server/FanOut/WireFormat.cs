using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.FanOut;

/// <summary>One way to write entries for readers. An entry is encoded once per format, and the bytes are shared by all
/// its readers.</summary>
/// <remarks>Formats are singletons, made at start or when they are first asked for: <see cref="Index"/> is their place
/// in every per-format table.</remarks>
internal abstract class WireFormat
{
    private static int _count;

    protected WireFormat() => Index = Interlocked.Increment(ref _count) - 1;

    public int Index { get; }

    /// <summary>Writes the entry with its separator; nothing when this format does not show such entries.</summary>
    public abstract void Encode(ConversationEntry entry, IBufferWriter<byte> output);

    /// <summary>Whether <see cref="CreateBlock"/> is given the entries.</summary>
    public virtual bool LooksAtEntries => true;

    /// <summary>Wraps bytes that are about to be shared; a transport may hang what it derives from them on its own kind
    /// of block.</summary>
    public virtual EncodedBlock CreateBlock(
        long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries) =>
        new(from, to, bytes);

    /// <summary>Writes the signal in the same way; nothing when this format does not show such signals, which is the
    /// default.</summary>
    public virtual void EncodeSignal(Signal signal, IBufferWriter<byte> output)
    {
    }

    /// <summary>Wraps a signal's bytes, as <see cref="CreateBlock"/> does those of entries.</summary>
    public virtual EncodedBlock CreateSignalBlock(ReadOnlyMemory<byte> bytes, Signal signal) =>
        EncodedBlock.WithoutEntries(bytes);

    /// <summary>Puts several blocks of signals into one, for a reader that is shown them in one go.</summary>
    public virtual EncodedBlock JoinSignalBlocks(IReadOnlyList<EncodedBlock> blocks) =>
        EncodedBlock.WithoutEntries(Join(blocks));

    protected static ReadOnlyMemory<byte> Join(IReadOnlyList<EncodedBlock> blocks)
    {
        var bytes = new byte[blocks.Sum(block => block.Bytes.Length)];
        var at = 0;
        foreach (var block in blocks)
        {
            block.Bytes.CopyTo(bytes.AsMemory(at));
            at += block.Bytes.Length;
        }
        return bytes;
    }
}
