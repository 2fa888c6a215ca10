namespace Chat.Contracts.Rules;

/// <summary>Where a message stands.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Thread">The first message of its thread; null: it is in none.</param>
public readonly record struct ThreadPlace(long Sequence, long? Thread)
{
    /// <summary>The first message of the thread that replies to this message go into.</summary>
    public long Root => Thread ?? Sequence;
}
