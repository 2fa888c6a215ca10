using Chat.Contracts.Events;

namespace Chat.Contracts.Entries;

/// <summary>The reactions to a message are others than before. An entry tells all changes since the one before it: in
/// a quiet conversation there is one per change, in a storm one per interval.</summary>
/// <remarks>The sender is who made the last of these changes. The newest entry by sequence counts, and the deletion of
/// the message counts more.</remarks>
public sealed record ReactionsChangedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }

    /// <summary>How many users have put which reactions to it: the 20 that are used the most, the most used first, then
    /// by key. Empty when there is none any more.</summary>
    public required IReadOnlyList<ReactionCount> Counts { get; init; }

    /// <summary>Whose reactions changed, and what they are now. Null where they are too many to be named; to
    /// show names, ask <see cref="Protocol.IChatHub.Reactions"/> then.</summary>
    public IReadOnlyList<ReactionChange>? Changes { get; init; }
}
