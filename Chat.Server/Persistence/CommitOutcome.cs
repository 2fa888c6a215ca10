using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence;

/// <summary>What became of one draft of a committed batch.</summary>
internal readonly record struct CommitOutcome(
    CommitStatus Status, MessageId Id, long Sequence, DateTimeOffset CreatedAt)
{
    /// <summary>Of a draft that sets or tells reactions and was stored. Its sequence is that of the entry that tells
    /// them, or 0.</summary>
    public ReactionOutcome? Reactions { get; init; }
}
