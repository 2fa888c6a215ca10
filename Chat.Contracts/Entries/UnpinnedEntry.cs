namespace Chat.Contracts.Entries;

/// <summary>A message is pinned no longer. A deletion ends a pin without such an entry.</summary>
public sealed record UnpinnedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }
}
