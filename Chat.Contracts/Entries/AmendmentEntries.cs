using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Contracts.Entries;

/// <summary>A message says something else now. What it names replaces all that the message said: text, attachments and
/// mentions. Earlier versions stay in the log.</summary>
public sealed record MessageEditedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }

    /// <summary>The new text, trimmed. Null when the message is only an attachment now, or was erased.</summary>
    public required string? Body { get; init; }

    /// <summary>Where the attachment is, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AttachmentUrl { get; init; }

    /// <summary>The JSON that the author gave with the attachment, exactly as it was sent, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? AttachmentMeta { get; init; }

    /// <summary>Whom the message mentions now; null: nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageMentions? Mentions { get; init; }

    /// <summary>Its files, as those of <see cref="MessageEntry.Attachments"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }
}

/// <summary>A message was deleted, for ever: the content of the message and of all its edits is erased.</summary>
public sealed record MessageDeletedEntry : ConversationEntry
{
    /// <summary>The sequence of the message, in the same conversation.</summary>
    public required long TargetSequence { get; init; }

    /// <summary>Why; null when no reason was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>Content of the conversation was erased: of everything up to a sequence, or of all that one user sent before
/// this entry. Messages go with all their edits. <see cref="Erasure"/> says what it concerns.</summary>
public sealed record ContentErasedEntry : ConversationEntry
{
    /// <summary>Up to here everything is erased; null when it is one user's content.</summary>
    public long? ThroughSequence { get; init; }

    /// <summary>Whose content is erased; null when it is everybody's.</summary>
    public UserId? UserId { get; init; }
}
