using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Contracts.Commands;

/// <summary>What a message is to say from now on: it replaces all that the message said. What the message is (its
/// sender, time and <c>msgType</c>) stays.</summary>
public sealed record EditMessage
{
    /// <summary>The new text. Null only where there is an attachment.</summary>
    public string? Body { get; init; }

    /// <summary>Where the attachment is; null: the message has none from now on.</summary>
    public string? AttachmentUrl { get; init; }

    /// <summary>As in <see cref="SendOptions.AttachmentMeta"/>.</summary>
    public RawJson? AttachmentMeta { get; init; }

    /// <summary>Whom the message mentions from now on; null: nobody. Who is mentioned by an edit only is not
    /// notified.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageMentions? Mentions { get; init; }

    /// <summary>The message's files from now on, in place of <see cref="AttachmentUrl"/> and
    /// <see cref="AttachmentMeta"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }

    /// <summary>Edits only while this is the message's version: the sequence of its newest edit, else its own. Null:
    /// whatever it is. Another version is refused with <c>conflict</c>.</summary>
    public long? IfVersion { get; init; }

    /// <summary>The caller's own name for the edit, as in <see cref="SendOptions.DedupeKey"/>: sent again with the same
    /// key it is stored once. Keys of messages, edits and deletions are of one kind; the same key for another one is
    /// refused.</summary>
    public string? DedupeKey { get; init; }
}
