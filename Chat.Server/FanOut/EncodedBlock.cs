namespace Chat.Server.FanOut;

/// <summary>A stretch of a log in one wire format, immutable and shared by the readers that need just that stretch.</summary>
internal class EncodedBlock(long from, long to, ReadOnlyMemory<byte> bytes)
{
    /// <summary>The first sequence in it.</summary>
    public long From { get; } = from;

    /// <summary>The last sequence in it.</summary>
    public long To { get; } = to;

    /// <summary>What to write; empty when the format shows none of these entries.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public int Count => (int)(To - From + 1);
}
