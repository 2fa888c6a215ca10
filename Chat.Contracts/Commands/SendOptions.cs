using System.Text.Json.Serialization;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Contracts.Commands;

/// <summary>What a message may have besides its text. Everything is optional.</summary>
public sealed record SendOptions
{
    /// <summary>The sender's own name for the message, at most 64 characters (Unicode code points). Sent again with the
    /// same key, by the same user to the same conversation, on any transport, it is stored once, and the receipt says
    /// <c>duplicate</c>. Without a key a retry may store it twice.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Text (default), image or file; system is refused.</summary>
    public MessageType MsgType { get; init; }

    /// <summary>Where the attachment is: at most 2,048 characters (Unicode code points).</summary>
    public string? AttachmentUrl { get; init; }

    /// <summary>Any JSON value, or a string that holds JSON; at most 16 KiB in UTF-8. It comes back as it was
    /// sent.</summary>
    public RawJson? AttachmentMeta { get; init; }

    /// <summary>Answers a message of the conversation, by its sequence. One in a thread is answered there, unless
    /// <see cref="Thread"/> names another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>Puts the message into the thread of a message of the conversation, by its sequence: of the thread's
    /// first message, or of any other in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Thread { get; init; }

    /// <summary>With a thread: the message is shown among those of the conversation too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AlsoInConversation { get; init; }

    /// <summary>Whom it is meant for in particular: at most 50 users, or everyone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageMentions? Mentions { get; init; }

    /// <summary>Its files, at most 10, in place of <see cref="AttachmentUrl"/> and
    /// <see cref="AttachmentMeta"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }
}
