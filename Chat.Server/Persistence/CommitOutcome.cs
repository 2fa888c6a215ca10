using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence;

/// <summary>What became of one draft of a committed batch.</summary>
internal readonly record struct CommitOutcome(
    CommitStatus Status, MessageId Id, long Sequence, DateTimeOffset CreatedAt);
