using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>The new messages of a conversation, reduced to the content of notices.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Cursor">The job's cursor before; null for none.</param>
/// <param name="First">The first new sequence.</param>
/// <param name="Last">The last one that was read.</param>
/// <param name="Messages">The messages among them, with their senders.</param>
/// <param name="Shown">The newest messages.</param>
/// <param name="FirstAt">When the first of them was stored; null where there is none.</param>
internal sealed record NewsPage(
    ConversationId Conversation, long? Cursor, long First, long Last,
    IReadOnlyList<(long Sequence, UserId Sender)> Messages, IReadOnlyList<NoticeMessage> Shown,
    DateTimeOffset? FirstAt)
{
    /// <summary>Null when nothing was read.</summary>
    public static NewsPage? From(ConversationId conversation, long? cursor, List<ConversationEntry> entries)
    {
        if (entries.Count == 0) return null;
        List<MessageEntry> messages = [.. entries.OfType<MessageEntry>()];
        return new NewsPage(conversation, cursor, entries[0].Sequence, entries[^1].Sequence,
            messages.ConvertAll(message => (message.Sequence, message.SenderId)),
            [.. messages.TakeLast(UnreadNotice.MaxMessages).Select(NoticeMessage.From)],
            messages.FirstOrDefault()?.CreatedAt);
    }

    /// <summary>When to tell of it, so that what came with its first message is told with it; null where there is
    /// none.</summary>
    public DateTimeOffset? DueAt(TimeSpan gather) => FirstAt + gather;

    /// <summary>Whether a user with this read position has unread messages of others.</summary>
    public bool IsNewsTo(UserId user, long lastRead) =>
        Messages.Any(message => message.Sequence > lastRead && message.Sender != user);
}
