using Chat.Contracts.Identifiers;
using Chat.Contracts.Entries;

namespace Chat.Contracts.Commands;

/// <summary>Asks for a new conversation. The caller is always a participant.</summary>
public sealed record CreateConversation
{
    /// <summary>The other participants: at least one, at most 1,000. Repeated ids count once.</summary>
    public required IReadOnlyList<UserId> ParticipantIds { get; init; }

    /// <summary>Group (default), or direct: exactly two users. Two users have one direct conversation:
    /// creating it again returns the same one.</summary>
    public ConversationKind Kind { get; init; } = ConversationKind.Group;

    /// <summary>At most 255 characters (Unicode code points), or null. A direct conversation has none.</summary>
    public string? Title { get; init; }
}
