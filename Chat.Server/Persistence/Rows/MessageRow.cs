using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence.Rows;

/// <summary>One entry of a log, of any kind. The table is called messages because reports use that name.</summary>
internal sealed class MessageRow
{
    /// <summary>Rises with every row of the table; nothing but such reports uses it.</summary>
    public long Id { get; init; }

    public required UserId SenderId { get; init; }

    public required string Message { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required ConversationId ConversationId { get; init; }

    public required long Sequence { get; init; }

    public required EntryKind Kind { get; init; }

    public required MessageId MessageId { get; init; }

    public MessageType MsgType { get; init; }

    public string? AttachmentUrl { get; init; }

    public string? AttachmentMeta { get; init; }

    public string? DedupeKey { get; init; }

    public long? TargetSequence { get; init; }

    public string? Payload { get; init; }

    /// <summary>Of a message in a thread: the sequence of the thread's first message.</summary>
    public long? Thread { get; init; }

    /// <summary>The sequence of the message that this one answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Whether the main stream shows it: messages outside threads, and notes; no amendments.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The sequence of the last shown entry before it; null: the entry directly before.</summary>
    public long? ShownBefore { get; init; }

    public static MessageRow From(
        in EntryHeader header, in EntryContent content, long? shownBefore = null) => new()
    {
        SenderId = header.SenderId,
        Message = content.Text,
        CreatedAt = header.CreatedAt,
        ConversationId = header.ConversationId,
        Sequence = header.Sequence,
        Kind = content.Kind,
        MessageId = header.Id,
        MsgType = content.MsgType,
        AttachmentUrl = content.AttachmentUrl,
        AttachmentMeta = content.AttachmentMeta,
        DedupeKey = content.DedupeKey,
        TargetSequence = content.TargetSequence,
        Payload = content.Payload?.ToText(),
        Thread = content.Thread,
        ReplyTo = content.ReplyTo,
        IsShown = content.IsShown,
        ShownBefore = shownBefore,
    };

    public ConversationEntry ToEntry() => new EntryContent(Kind)
    {
        Text = Message,
        MsgType = MsgType,
        AttachmentUrl = AttachmentUrl,
        AttachmentMeta = AttachmentMeta,
        DedupeKey = DedupeKey,
        TargetSequence = TargetSequence,
        Payload = EntryPayload.Parse(Payload),
        ReplyTo = ReplyTo,
        Thread = Thread,
        AlsoInConversation = Thread is not null && IsShown,
    }.ToEntry(new EntryHeader(MessageId, ConversationId, Sequence, SenderId, CreatedAt));
}
