using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Persistence.Rows;

internal sealed class ConversationRow
{
    public required ConversationId Id { get; init; }

    /// <summary>Whose it is: users of no other tenant take part in it, and to them it does not exist.</summary>
    public Tenant Tenant { get; init; }

    public required ConversationKind Kind { get; init; }

    public string? Title { get; set; }

    /// <summary>Names the pair of users of a direct conversation, so that they have one; null for the other
    /// kinds.</summary>
    public string? DirectKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long LastSequence { get; set; }

    /// <summary>The sequence of the newest entry that took a right from somebody (removed or muted a participant, began
    /// slow mode), or, after a block, the one after the newest entry then; 0 when there is none. An access that was
    /// read before it may be no longer true.</summary>
    public long RemovedSequence { get; set; }

    /// <summary>The seconds between two messages of a user; 0: there is no slow mode.</summary>
    public int SlowModeSeconds { get; set; }

    public string? Topic { get; set; }

    public string? AvatarUrl { get; set; }

    /// <summary>Nobody writes to it.</summary>
    public bool IsArchived { get; set; }

    /// <summary>The newest sequence whose content was erased; 0 when there is none. What is kept in memory up to it is
    /// dropped.</summary>
    public long ErasedSequence { get; set; }

    /// <summary>The time of the newest entry; null while the log is empty.</summary>
    public DateTimeOffset? LastEntryAt { get; set; }

    /// <summary>The newest sequence that the main stream shows, once an entry was hidden; 0 until then: the newest
    /// entry is shown.</summary>
    public long LastShownSequence { get; set; }

    /// <summary>The time of that entry; null while <see cref="LastShownSequence"/> is 0.</summary>
    public DateTimeOffset? LastShownAt { get; set; }

    /// <summary>Follows <see cref="LastShownAt"/>, at most once a minute, so that an append moves no indexed
    /// column.</summary>
    public DateTimeOffset? ListedAt { get; set; }
}
