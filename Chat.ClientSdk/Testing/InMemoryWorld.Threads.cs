using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>What messages refer to: threads, and users.</summary>
internal sealed partial class InMemoryWorld
{
    public IReadOnlyList<ThreadSummary> Threads(UserId user, ConversationId id, ThreadsQuery? query)
    {
        InMemoryRules.ThrowIf(ThreadRules.Check(query));
        var conversation = Readable(user, id);
        return [.. conversation.Log.OfType<MessageEntry>().Where(message => message.Thread is not null)
            .GroupBy(message => message.Thread!.Value).Select(replies => SummaryOf(conversation, user, [.. replies]))
            .Where(thread => thread.Replies > 0)
            .Where(thread => thread.LastSequence < (query?.Before ?? long.MaxValue))
            .OrderByDescending(thread => thread.LastSequence).Take(query?.Limit ?? ChatLimits.DefaultThreadsPage)];
    }

    public void FollowThread(UserId user, ConversationId id, long thread, bool isFollowing)
    {
        var conversation = Readable(user, id);
        var first = FirstOf(conversation, thread);
        var last = conversation.Log.FindLast(entry => entry is MessageEntry reply && reply.Thread == first);
        SetFollow(conversation, user, first, isFollowing, last?.Sequence ?? first);
    }

    public void MarkThreadRead(UserId user, ConversationId id, long thread, long sequence)
    {
        InMemoryRules.ThrowIf(PageRules.Sequence.Check(sequence));
        var conversation = Readable(user, id);
        var first = FirstOf(conversation, thread);
        if (conversation.Follows.GetValueOrDefault((user, first)) is { IsFollowing: true } follow)
            (follow.LastRead, follow.UnreadFrom) =
                (Math.Max(follow.LastRead, Math.Min(sequence, conversation.Head)), null);
    }

    public void MarkThreadUnread(UserId user, ConversationId id, long thread, long sequence)
    {
        InMemoryRules.ThrowIf(PageRules.FirstUnread.Check(sequence));
        var conversation = Readable(user, id);
        var first = FirstOf(conversation, thread);
        if (conversation.Follows.GetValueOrDefault((user, first)) is { IsFollowing: true } follow)
            follow.UnreadFrom = sequence - 1;
    }

    public IReadOnlyList<Mention> Mentions(UserId user, MentionsQuery? query)
    {
        InMemoryRules.ThrowIf(ThreadRules.Check(query, out var after));
        return [.. _conversations.Values.Where(conversation => conversation.Members.ContainsKey(user))
            .SelectMany(conversation => conversation.Mentions.Where(mention => mention.User == user)
                .Select(mention => MentionOf(conversation, conversation.MessageAt(mention.Message)!)))
            .Select(mention => (Place: new ListCursor(mention.CreatedAt, mention.ConversationId), Mention: mention))
            .Where(one => after is not { } place || one.Place.CompareTo(place) < 0)
            .OrderByDescending(one => one.Place).Take(query?.Limit ?? ChatLimits.DefaultListPage)
            .Select(one => one.Mention)];
    }

    private CheckedMessage CheckReferences(UserId sender, InMemoryConversation conversation, CheckedMessage message)
    {
        if (message.Options is { ReplyTo: null, Thread: null, Mentions: null or { Everyone: false } }) return message;
        InMemoryRules.ThrowIf(ThreadRules.Resolve(message.Options, Find, out var options));
        DemandEveryone(sender, conversation, options.Mentions);
        return message with { Options = options };

        ThreadPlace? Find(long sequence) => conversation.MessageAt(sequence) is { } found
            ? new ThreadPlace(sequence, found.Thread)
            : null;
    }

    private void DemandEveryone(UserId sender, InMemoryConversation conversation, MessageMentions? mentions)
    {
        var role = conversation.RoleOf(sender, Now);
        if (mentions is { Everyone: true }
            && !RightsTable.Allow(ConversationAct.MentionEveryone, conversation.Kind, role)
            && (role is null || conversation.Members.Count > ChatLimits.Mentions))
            throw new ChatRefusedException(MentionRules.NotEveryone());
    }

    private void NoteReferences(InMemoryConversation conversation, MessageEntry message)
    {
        if (message.Thread is { } thread)
        {
            SetFollow(conversation, message.SenderId, thread, isFollowing: true, message.Sequence);
            AddFollow(conversation, conversation.MessageAt(thread)!.SenderId, thread, thread);
        }
        foreach (var user in NoteMentions(conversation, message.Sequence, message.Mentions))
            if (message.Thread is { } mentionedIn)
                AddFollow(conversation, user, mentionedIn, message.Sequence - 1);
    }

    /// <summary>The mentions of a message are these from now on.</summary>
    /// <returns>Who is mentioned, of those who take part.</returns>
    private List<UserId> NoteMentions(InMemoryConversation conversation, long message, MessageMentions? mentions)
    {
        var sender = conversation.MessageAt(message)!.SenderId;
        var named = (mentions?.Users ?? [])
            .Where(user => conversation.Members.ContainsKey(user) && !AreApart(sender, user)).ToList();
        conversation.Mentions.RemoveAll(mention => mention.Message == message);
        conversation.Mentions.AddRange(named.Select(user => (user, message)));
        return named;
    }

    private static void SetFollow(
        InMemoryConversation conversation, UserId user, long thread, bool isFollowing, long position)
    {
        var follow = AddFollow(conversation, user, thread, position);
        if (follow.IsFollowing != isFollowing)
            (follow.IsFollowing, follow.LastRead, follow.UnreadFrom) = (isFollowing, position, null);
    }

    private static InMemoryConversation.Follow AddFollow(
        InMemoryConversation conversation, UserId user, long thread, long position)
    {
        if (!conversation.Follows.TryGetValue((user, thread), out var follow))
            conversation.Follows[(user, thread)] = follow = new() { IsFollowing = true, LastRead = position };
        return follow;
    }

    private static ThreadSummary SummaryOf(
        InMemoryConversation conversation, UserId user, IReadOnlyList<MessageEntry> replies)
    {
        var last = replies[^1];
        var follow = conversation.Follows.GetValueOrDefault((user, last.Thread!.Value));
        var position = Math.Min(follow?.LastRead ?? 0, follow?.UnreadFrom ?? long.MaxValue);
        var unread = replies.Count(reply => reply.Sequence > position && reply.SenderId != user
            && reply is { AlsoInConversation: false, Erased: false });
        return new ThreadSummary
        {
            Thread = last.Thread.Value, Replies = replies.Count(reply => !reply.Erased), LastSequence = last.Sequence,
            LastEntry = EntryPreview.Of(conversation.NowOf(last), out _),
            People = [.. replies.Reverse().Take(20).Select(reply => reply.SenderId).Distinct()
                .Take(ChatLimits.ThreadPeople)],
            IsFollowing = follow is { IsFollowing: true }, LastReadSequence = follow?.LastRead ?? 0,
            UnreadFrom = follow?.UnreadFrom,
            Unread = follow is { IsFollowing: true } ? InMemoryConversation.Counted(unread) : null,
        };
    }

    private static Mention MentionOf(InMemoryConversation conversation, MessageEntry message) => new()
    {
        ConversationId = message.ConversationId, Sequence = message.Sequence, Thread = message.Thread,
        Entry = EntryPreview.Of(conversation.NowOf(message), out _), CreatedAt = message.CreatedAt,
        Cursor = $"{new ListCursor(message.CreatedAt, message.ConversationId)}",
    };

    /// <summary>The first message of a thread.</summary>
    private static long FirstOf(InMemoryConversation conversation, long thread) =>
        conversation.MessageAt(thread) is { } found
            ? found.Thread ?? thread
            : throw InMemoryRules.Refusal(ThreadRules.NoSuchThread());
}
