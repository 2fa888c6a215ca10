namespace Chat.Contracts.Commands;

/// <summary>Asks for a page of the caller's list of conversations, which begins with the one last active.</summary>
public sealed record ConversationsQuery
{
    /// <summary>Only those that come after a conversation that was listed: its
    /// <see cref="Chat.Contracts.Events.ConversationSummary.Cursor"/>. Null: from the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many at most: 1 to 100, 50 unless told. When there are fewer, the list ends there.</summary>
    public int? Limit { get; init; }
}
