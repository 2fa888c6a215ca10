using Chat.Contracts.Entries;
using Chat.Server.Persistence.Entries;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence.Rows;

/// <summary>Messages as they are now, with as much of them as previews are made from.</summary>
internal static class MessagePreviews
{
    /// <summary>What the newest edit says is in place of what the message said. Long texts are cut by the database, as
    /// those of <see cref="ListedRow"/>.</summary>
    public static IQueryable<MessageRow> Of(ChatDbContext db, IQueryable<MessageRow> messages) =>
        from m in messages.AsNoTracking()
        join s in db.Set<MessageStateRow>() on new { m.ConversationId, m.Sequence }
            equals new { s.ConversationId, s.Sequence } into states
        from s in states.DefaultIfEmpty()
        join e in EditsOf(db) on new { s.ConversationId, Sequence = s.Version }
            equals new { e.ConversationId, e.Sequence } into edits
        from e in edits.DefaultIfEmpty()
        select new MessageRow
        {
            ConversationId = m.ConversationId, Sequence = m.Sequence, MessageId = m.MessageId, SenderId = m.SenderId,
            CreatedAt = m.CreatedAt, Kind = m.Kind, MsgType = m.MsgType, DedupeKey = m.DedupeKey,
            Message = e == null
                ? m.Message.Substring(0, ListSql.TextRead)
                : e.Message.Substring(0, ListSql.TextRead),
            AttachmentUrl = e == null ? m.AttachmentUrl : e.AttachmentUrl,
            AttachmentMeta = (e == null ? m.AttachmentMeta : e.AttachmentMeta)! // null stays null
                .Substring(0, ListSql.MetaRead),
            TargetSequence = m.TargetSequence, Payload = e == null ? m.Payload : e.Payload,
            ReplyTo = m.ReplyTo, Thread = m.Thread, IsShown = m.IsShown,
        };

    /// <summary>A version is the message itself, an edit or a deletion.</summary>
    public static IQueryable<MessageRow> EditsOf(ChatDbContext db) =>
        db.Messages.Where(e => e.Kind == EntryKind.MessageEdited);
}
