namespace Chat.Contracts.Entries;

/// <summary>A message was pinned: everybody finds it among the pins of the conversation.</summary>
public sealed record PinnedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }
}
