namespace Chat.Contracts.Commands;

/// <summary>Asks for a page of the messages that name the caller, the newest first.</summary>
public sealed record MentionsQuery
{
    /// <summary>Only those after the one with this <see cref="Chat.Contracts.Events.Mention.Cursor"/>. Null: from the
    /// beginning.</summary>
    public string? After { get; init; }

    /// <summary>How many at most: 1 to 100, 50 by default. When there are fewer, the inbox ends there.</summary>
    public int? Limit { get; init; }
}
