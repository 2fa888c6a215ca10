namespace Chat.Contracts.Commands;

/// <summary>Asks for a page of the caller's conversations, the most recently active first.</summary>
public sealed record ConversationsQuery
{
    /// <summary>Only conversations after the one with this
    /// <see cref="Chat.Contracts.Events.ConversationSummary.Cursor"/>. Null: from the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many at most: 1 to 100, 50 by default. When there are fewer, the list ends there.</summary>
    public int? Limit { get; init; }
}
