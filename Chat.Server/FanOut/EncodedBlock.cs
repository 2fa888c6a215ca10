namespace Chat.Server.FanOut;

/// <summary>A stretch of a log in one wire format, immutable and shared by the readers that need just that
/// stretch.</summary>
internal class EncodedBlock(long from, long to, ReadOnlyMemory<byte> bytes)
{
    /// <summary>The first sequence in it.</summary>
    public long From { get; } = from;

    /// <summary>The last sequence in it.</summary>
    public long To { get; } = to;

    /// <summary>What to write; empty when the format shows none of these entries.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>The bytes it holds in memory.</summary>
    public virtual long Weight => EntryWeight.Header + Bytes.Length;

    public int Count => (int)(To - From + 1);

    /// <summary>A block that has no entries in it, but signals.</summary>
    public static EncodedBlock WithoutEntries(ReadOnlyMemory<byte> bytes) => new(NoEntries.From, NoEntries.To, bytes);

    /// <summary>The bounds of a block without entries: nothing lies between them.</summary>
    public static (long From, long To) NoEntries => (1, 0);
}
