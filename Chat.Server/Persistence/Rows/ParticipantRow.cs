using Chat.Contracts.Entries;
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

    /// <summary>When a ban or a mute ends by itself; null: it does not. One who was removed by others is blocked until
    /// that moment: takes no part, and is added again by owners and moderators only.</summary>
    public DateTimeOffset? RoleUntil { get; set; }

    /// <summary>Why; empty: no reason was given. Null where the role is neither a ban nor a mute.</summary>
    public string? RoleReason { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    public long LastReadSequence { get; set; }

    /// <summary>The user has marked as unread what is behind it, which others do not see; null: nothing.</summary>
    public long? UnreadFrom { get; set; }

    /// <summary>The user wants no notifications of the conversation.</summary>
    public bool IsMuted { get; set; }
}
