using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Persistence.Rows;

internal sealed class ParticipantRow
{
    public required ConversationId ConversationId { get; init; }

    /// <summary>The conversation's.</summary>
    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    public ParticipantRole Role { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    public long LastReadSequence { get; set; }

    /// <summary>The user wants no notifications of the conversation.</summary>
    public bool IsMuted { get; set; }
}
