using Chat.Contracts.Identifiers;
using Chat.Contracts.Entries;

namespace Chat.Contracts.Commands;

/// <summary>Asks for a new conversation. The caller takes part in it, named or not.</summary>
public sealed record CreateConversation
{
    /// <summary>The others: at least one, at most 1,000; naming one twice is the same as once.</summary>
    public required IReadOnlyList<UserId> ParticipantIds { get; init; }

    /// <summary>Group (default), or direct: exactly two users, and asked for again it is the same
    /// conversation.</summary>
    public ConversationKind Kind { get; init; } = ConversationKind.Group;

    /// <summary>At most 255 characters (Unicode code points), or null. A direct conversation has none.</summary>
    public string? Title { get; init; }
}
