using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;

namespace Chat.Contracts.Entries;

/// <summary>A message.</summary>
public sealed record MessageEntry : ConversationEntry
{
    /// <summary>The text, trimmed. Null when the message is only an attachment.</summary>
    public string? Body { get; init; }

    /// <summary>What the message is; text by default.</summary>
    public MessageType MsgType { get; init; }

    /// <summary>Where the attachment is, or null. The server stores the address, not the file.</summary>
    public string? AttachmentUrl { get; init; }

    /// <summary>The JSON that the sender gave with the attachment, exactly as it was sent, or null.</summary>
    public RawJson? AttachmentMeta { get; init; }

    /// <summary>The sender's own name for this message, or null. A message that is sent again with the same
    /// key is stored once.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>The message that this one answers, by its sequence in the same conversation, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>The thread that it belongs to, by the sequence of the thread's first message; null: it belongs to
    /// none. The first message itself has null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Thread { get; init; }

    /// <summary>Of a message in a thread: it is shown among the messages of the conversation too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AlsoInConversation { get; init; }

    /// <summary>Whom it is meant for in particular; null: nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageMentions? Mentions { get; init; }

    /// <summary>Its files; null when there are none, and when it was sent with <see cref="AttachmentUrl"/>. Of the
    /// first, <see cref="AttachmentUrl"/> and <see cref="AttachmentMeta"/> say the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }

    /// <summary>The entry that a message becomes when it is stored.</summary>
    /// <param name="message">What was sent.</param>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">Its position there.</param>
    /// <param name="sender">Who said it.</param>
    /// <param name="createdAt">When it was stored.</param>
    public static MessageEntry From(
        in CheckedMessage message, MessageId id, ConversationId conversation, long sequence, UserId sender,
        DateTimeOffset createdAt) => new()
    {
        Id = id, ConversationId = conversation, Sequence = sequence, SenderId = sender, CreatedAt = createdAt,
        Body = message.Body,
        MsgType = message.Options.MsgType,
        AttachmentUrl = message.Options.AttachmentUrl,
        AttachmentMeta = message.Options.AttachmentMeta,
        DedupeKey = message.Options.DedupeKey,
        ReplyTo = message.Options.ReplyTo,
        Thread = message.Options.Thread,
        AlsoInConversation = message.Options.AlsoInConversation,
        Mentions = message.Options.Mentions,
        Attachments = message.Options.Attachments,
    };
}
