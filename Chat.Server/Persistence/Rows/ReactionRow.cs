using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>What a user has put to a message.</summary>
internal sealed class ReactionRow
{
    public required ConversationId ConversationId { get; init; }

    /// <summary>The message's.</summary>
    public required long TargetSequence { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>The user's whole set.</summary>
    public required string[] Keys { get; set; }
}
