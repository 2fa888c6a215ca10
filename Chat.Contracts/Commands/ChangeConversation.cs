namespace Chat.Contracts.Commands;

/// <summary>Changes title and settings of a conversation. What is null stays.</summary>
public sealed record ChangeConversation
{
    /// <summary>The new title, at most 255 characters; empty: none.</summary>
    public string? Title { get; init; }

    /// <summary>Slow mode: the seconds between two messages of a user, 0 for none, at most 86,400. Owners and
    /// moderators need not wait.</summary>
    public int? SlowModeSeconds { get; init; }
}
