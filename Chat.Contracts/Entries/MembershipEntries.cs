using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Entries;

/// <summary>The conversation began.</summary>
public sealed record ConversationCreatedEntry : ConversationEntry
{
    /// <summary>Who took part from the start, the creator included.</summary>
    public required IReadOnlyList<UserId> ParticipantIds { get; init; }

    /// <summary>The title, or null.</summary>
    public string? Title { get; init; }
}

/// <summary>Users became participants.</summary>
public sealed record ParticipantsAddedEntry : ConversationEntry
{
    /// <summary>The new participants; at least one.</summary>
    public required IReadOnlyList<UserId> ParticipantIds { get; init; }
}

/// <summary>A user is no longer a participant. It is the last entry that this user's connections see.</summary>
public sealed record ParticipantRemovedEntry : ConversationEntry
{
    /// <summary>Who was removed; the sender, when the user left.</summary>
    public required UserId ParticipantId { get; init; }
}
