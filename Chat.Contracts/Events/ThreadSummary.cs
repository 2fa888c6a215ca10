using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A thread of a conversation, as one user has it.</summary>
public sealed record ThreadSummary
{
    /// <summary>The sequence of its first message.</summary>
    public required long Thread { get; init; }

    /// <summary>How many replies it has; those that were deleted are not counted.</summary>
    public required long Replies { get; init; }

    /// <summary>The sequence of its newest reply. Threads are listed by it, the newest first.</summary>
    public required long LastSequence { get; init; }

    /// <summary>A preview of that reply, as it is now; what is long is cut, as in lists of conversations.</summary>
    public ConversationEntry? LastEntry { get; init; }

    /// <summary>Who sent its newest 20 replies, the newest first, at most five users.</summary>
    public IReadOnlyList<UserId> People { get; init; } = [];

    /// <summary>Whether the user follows it.</summary>
    public bool IsFollowing { get; init; }

    /// <summary>Up to where the user has read it; 0 for one who never followed it.</summary>
    public long LastReadSequence { get; init; }

    /// <summary>Behind which sequence the user marked it as unread; null when it is not marked so. What is unread
    /// counts from the smaller of this and <see cref="LastReadSequence"/>.</summary>
    public long? UnreadFrom { get; init; }

    /// <summary>What the user has not read of it; null for one who does not follow it. Replies that are shown in the
    /// conversation too are counted there only.</summary>
    public Unread? Unread { get; init; }
}
