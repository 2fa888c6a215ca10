using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Contracts.Events;

/// <summary>What has become of a message: it was edited or deleted, has reactions or replies, or is pinned.</summary>
public sealed record CurrentMessage
{
    /// <summary>The message's sequence.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sequence of its newest edit or deletion, else its own.</summary>
    public required long Version { get; init; }

    /// <summary>The text that it has now, when it was edited. While <see cref="Version"/> is <see cref="Sequence"/> the
    /// entry itself has it, and this is null; so are the attachments and mentions.</summary>
    public string? Body { get; init; }

    /// <summary>Where the attachment is, when it was edited; null for none.</summary>
    public string? AttachmentUrl { get; init; }

    /// <summary>The attachment's metadata, when it was edited.</summary>
    public RawJson? AttachmentMeta { get; init; }

    /// <summary>The attachments, when it was edited; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }

    /// <summary>Whom it mentions, when it was edited; null for nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageMentions? Mentions { get; init; }

    /// <summary>True when it was deleted: nothing of its content is left.</summary>
    public bool Deleted { get; init; }

    /// <summary>The reactions that are used the most, at most 20, as the log told them last.</summary>
    public IReadOnlyList<ReactionCount> Counts { get; init; } = [];

    /// <summary>The caller's own reactions.</summary>
    public IReadOnlyList<string> Mine { get; init; } = [];

    /// <summary>True while it is pinned.</summary>
    public bool Pinned { get; init; }

    /// <summary>The replies of its thread; null when it has no thread.</summary>
    public ThreadReplies? Replies { get; init; }
}
