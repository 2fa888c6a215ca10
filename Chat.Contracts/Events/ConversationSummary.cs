using System.Text.Json.Serialization;
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

    /// <summary>What it is about, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; init; }

    /// <summary>Where its picture is, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvatarUrl { get; init; }

    /// <summary>True: it is archived, and nobody writes to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsArchived { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest sequence; 0 while the log is empty. <see cref="LastEntry"/> may be an older one: what is
    /// hidden in the main stream moves this only.</summary>
    public required long LastSequence { get; init; }

    /// <summary>A preview of the newest entry that the main stream shows, or null while the log is empty.</summary>
    /// <remarks>Of what is long it has the beginning: 200 characters of a body, as users see them, and the first ten
    /// participants. Metadata of more than 1,024 UTF-16 units is left out.</remarks>
    public ConversationEntry? LastEntry { get; init; }

    /// <summary>True when that entry has more than <see cref="LastEntry"/> shows; <c>History</c> has the
    /// whole entry.</summary>
    public bool IsLastEntryCut { get; init; }

    /// <summary>The sequence up to which the caller has read.</summary>
    public required long LastReadSequence { get; init; }

    /// <summary>True when the caller wants no notifications of it.</summary>
    public bool IsMuted { get; init; }

    /// <summary>The number of unread messages, at most 99: <see cref="Unread"/> says whether it is exact. Of a server
    /// that does not say so, the number of entries after <see cref="LastReadSequence"/>.</summary>
    public long UnreadCount => Unread?.Count ?? Math.Max(0, LastSequence - LastReadSequence);

    /// <summary>Its place in the list, from which the next page continues. Opaque; null from a server that does
    /// not page its list.</summary>
    public string? Cursor { get; init; }

    /// <summary>The caller's unread messages; null from a server of a version before.</summary>
    public Unread? Unread { get; init; }

    /// <summary>The position from which the caller marked the conversation as unread: messages count as unread after
    /// it, where it is smaller than <see cref="LastReadSequence"/>. Null: the caller did not.</summary>
    public long? UnreadFrom { get; init; }
}
