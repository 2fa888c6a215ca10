using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>A thread that a user follows, or follows no longer.</summary>
internal sealed class ThreadFollowRow
{
    public required ConversationId ConversationId { get; init; }

    public required UserId UserId { get; init; }

    public required long Thread { get; init; }

    public required long LastReadSequence { get; set; }

    /// <summary>The user has marked as unread what is behind it; null: nothing.</summary>
    public long? UnreadFrom { get; set; }

    public required bool IsFollowing { get; set; }
}
