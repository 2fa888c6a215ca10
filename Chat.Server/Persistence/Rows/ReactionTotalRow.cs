using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>How many users have put a reaction to a message.</summary>
internal sealed class ReactionTotalRow
{
    public required ConversationId ConversationId { get; init; }

    /// <summary>The message's.</summary>
    public required long TargetSequence { get; init; }

    public required string Key { get; init; }

    public required long N { get; set; }
}
