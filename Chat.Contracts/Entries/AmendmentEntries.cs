namespace Chat.Contracts.Entries;

/// <summary>A message's text changed.</summary>
public sealed record MessageEditedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }

    /// <summary>The new text, trimmed.</summary>
    public required string Body { get; init; }
}

/// <summary>A message was deleted.</summary>
public sealed record MessageDeletedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }
}

/// <summary>A reaction was added to a message or removed from it.</summary>
public sealed record ReactionEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }

    /// <summary>The reaction, usually one emoji.</summary>
    public required string Reaction { get; init; }

    /// <summary>True when the sender removed it.</summary>
    public bool Removed { get; init; }
}
