using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>One entry of a log, of whatever kind. The table is called messages because reports are written against that name.</summary>
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

    public static MessageRow From(ConversationEntry entry)
    {
        var columns = EntryColumns.Of(entry);
        return new MessageRow
        {
            SenderId = entry.SenderId,
            Message = columns.Message,
            CreatedAt = entry.CreatedAt,
            ConversationId = entry.ConversationId,
            Sequence = entry.Sequence,
            Kind = entry.Kind,
            MessageId = entry.Id,
            MsgType = columns.MsgType,
            AttachmentUrl = columns.AttachmentUrl,
            AttachmentMeta = columns.AttachmentMeta,
            DedupeKey = columns.DedupeKey,
            TargetSequence = columns.TargetSequence,
            Payload = columns.Payload,
        };
    }

    public ConversationEntry ToEntry() =>
        new StoredEntry(MessageId, ConversationId, Sequence, SenderId, CreatedAt, Kind).With(
            new EntryColumns(Message, MsgType, AttachmentUrl, AttachmentMeta, DedupeKey, TargetSequence, Payload));
}
