using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A conversation in the list of one of its participants.</summary>
public sealed record ConversationSummary
{
    /// <summary>Its id.</summary>
    public required ConversationId Id { get; init; }

    /// <summary>Its kind.</summary>
    public required ConversationKind Kind { get; init; }

    /// <summary>Its title, or null.</summary>
    public string? Title { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest sequence; 0 while the log is empty.</summary>
    public required long LastSequence { get; init; }

    /// <summary>A preview of the newest entry, or null while the log is empty.</summary>
    /// <remarks>Of what is long it has the beginning: 200 characters of a body, as users see them, and the first ten
    /// participants. Metadata of more than 1,024 UTF-16 units is left out.</remarks>
    public ConversationEntry? LastEntry { get; init; }

    /// <summary>True when the newest entry has more than <see cref="LastEntry"/> shows; <c>History</c> has the
    /// whole entry.</summary>
    public bool IsLastEntryCut { get; init; }

    /// <summary>The sequence up to which the caller has read.</summary>
    public required long LastReadSequence { get; init; }

    /// <summary>True when the caller wants no notifications of it.</summary>
    public bool IsMuted { get; init; }

    /// <summary>The number of entries after that.</summary>
    public long UnreadCount => Math.Max(0, LastSequence - LastReadSequence);

    /// <summary>Its place in the list, from which the next page continues. Opaque; null from a server that does
    /// not page its list.</summary>
    public string? Cursor { get; init; }
}
