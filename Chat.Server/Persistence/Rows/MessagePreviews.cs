namespace Chat.Server.Persistence.Rows;

/// <summary>Messages with as much of them as previews are made from.</summary>
internal static class MessagePreviews
{
    /// <summary>Long texts are cut by the database, as those of <see cref="ListedRow"/>.</summary>
    public static IQueryable<MessageRow> Of(IQueryable<MessageRow> messages) => messages.Select(m => new MessageRow
    {
        ConversationId = m.ConversationId, Sequence = m.Sequence, MessageId = m.MessageId, SenderId = m.SenderId,
        CreatedAt = m.CreatedAt, Kind = m.Kind, Message = m.Message.Substring(0, ListedRow.TextRead),
        MsgType = m.MsgType, AttachmentUrl = m.AttachmentUrl, DedupeKey = m.DedupeKey,
        AttachmentMeta = m.AttachmentMeta == null ? null : m.AttachmentMeta.Substring(0, ListedRow.MetaRead),
        TargetSequence = m.TargetSequence, Payload = m.Payload,
        ReplyTo = m.ReplyTo, Thread = m.Thread, IsShown = m.IsShown,
    });
}
