using Chat.Contracts.Events;
using Chat.Server.Persistence.Entries;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence.Rows;

/// <summary>A conversation of a list, with as much of its newest shown entry as a preview is made from.</summary>
internal sealed record ListedRow(ConversationRow Conversation, long LastRead, bool IsMuted, MessageRow? Last)
{
    public long? UnreadFrom { get; init; }

    /// <summary>Reads them, with what the newest edit says in place of what the entry said, cut as in
    /// <see cref="ListSql"/>.</summary>
    public static IQueryable<ListedRow> Of(ChatDbContext db, IQueryable<OwnRow> own) =>
        from o in own.AsNoTracking()
        join m in db.Messages on new
        {
            o.Conversation.Id,
            Sequence = o.Conversation.LastShownSequence == 0
                ? o.Conversation.LastSequence
                : o.Conversation.LastShownSequence,
        } equals new { Id = m.ConversationId, m.Sequence } into last
        from m in last.DefaultIfEmpty()
        join s in db.Set<MessageStateRow>() on new { m!.ConversationId, m.Sequence }
            equals new { s.ConversationId, s.Sequence } into states
        from s in states.DefaultIfEmpty()
        join e in MessagePreviews.EditsOf(db) on new { s.ConversationId, Sequence = s.Version }
            equals new { e.ConversationId, e.Sequence } into edits
        from e in edits.DefaultIfEmpty()
        select new ListedRow(o.Conversation, o.LastRead, o.IsMuted, m == null ? null : new MessageRow
        {
            ConversationId = m.ConversationId, Sequence = m.Sequence, MessageId = m.MessageId, SenderId = m.SenderId,
            CreatedAt = m.CreatedAt, Kind = m.Kind, MsgType = m.MsgType, DedupeKey = m.DedupeKey,
            Message = e == null ? m.Message.Substring(0, ListSql.TextRead) : e.Message.Substring(0, ListSql.TextRead),
            AttachmentUrl = e == null ? m.AttachmentUrl : e.AttachmentUrl,
            AttachmentMeta = (e == null ? m.AttachmentMeta : e.AttachmentMeta)!
                .Substring(0, ListSql.MetaRead), // null stays
            TargetSequence = m.TargetSequence, Payload = e == null ? m.Payload : e.Payload,
            ReplyTo = m.ReplyTo, Thread = m.Thread, IsShown = m.IsShown,
        }) { UnreadFrom = o.UnreadFrom };

    public ConversationSummary Summarize() =>
        ConversationStore.Summarize(Conversation, LastRead, Last?.ToEntry(), IsMuted, UnreadFrom);
}
