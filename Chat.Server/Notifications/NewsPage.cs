using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>What is new in a conversation, reduced to the content of notices.</summary>
/// <param name="Of">Which.</param>
/// <param name="First">The first new sequence.</param>
/// <param name="Last">The last one that was read; before the first, when there is nothing new.</param>
/// <param name="Messages">The messages among them, with their senders.</param>
/// <param name="Shown">The newest messages.</param>
/// <param name="FirstAt">When the first of them was stored; null where there is none.</param>
internal sealed record NewsPage(
    Gathering Of, long First, long Last, IReadOnlyList<(long Sequence, UserId Sender)> Messages,
    IReadOnlyList<NoticeMessage> Shown, DateTimeOffset? FirstAt)
{
    /// <summary>It was looked at too early: nobody is told before this time.</summary>
    public DateTimeOffset? Due { get; private init; }

    public ConversationId Conversation => Of.Conversation;

    /// <param name="of">The conversation.</param>
    /// <param name="after">The sequence behind which was read.</param>
    /// <param name="entries">What was there.</param>
    public static NewsPage From(Gathering of, long after, List<ConversationEntry> entries)
    {
        List<MessageEntry> messages = [.. entries.OfType<MessageEntry>()];
        return new NewsPage(of, entries.Count > 0 ? entries[0].Sequence : after + 1,
            entries.Count > 0 ? entries[^1].Sequence : after,
            messages.ConvertAll(message => (message.Sequence, message.SenderId)),
            [.. messages.TakeLast(UnreadNotice.MaxMessages).Select(NoticeMessage.From)],
            messages.FirstOrDefault()?.CreatedAt);
    }

    /// <summary>When to tell of it, so that what came with its first message is told with it; null where there is
    /// none.</summary>
    public DateTimeOffset? DueAt(TimeSpan gather) => FirstAt + gather;

    /// <summary>Nobody is told of it yet.</summary>
    public NewsPage Later(DateTimeOffset due) =>
        new(Of, First, First - 1, [], [], FirstAt: null) { Due = due };

    /// <summary>Whether a user with this read position has unread messages of others.</summary>
    public bool IsNewsTo(UserId user, long lastRead) =>
        Messages.Any(message => message.Sequence > lastRead && message.Sender != user);
}
