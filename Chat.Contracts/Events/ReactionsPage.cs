using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Who has put which reactions to a message.</summary>
public sealed record ReactionsPage
{
    /// <summary>How many users have put each reaction, the most used first, then by key. They are the newest: the log
    /// may tell them a moment later.</summary>
    public required IReadOnlyList<ReactionCount> Counts { get; init; }

    /// <summary>Users and their reactions, by user.</summary>
    public required IReadOnlyList<ReactionChange> Users { get; init; }

    /// <summary>The next page comes after this user; null: this is the last one. A page may be short, or empty, and
    /// have a next one all the same.</summary>
    public UserId? Next { get; init; }
}
