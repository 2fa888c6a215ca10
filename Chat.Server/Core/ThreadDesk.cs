using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core.Conversations;
using Chat.Server.Persistence;

namespace Chat.Server.Core;

/// <summary>What users ask about threads and mentions, for every transport. A refusal is a
/// <see cref="ChatException"/>.</summary>
internal sealed class ThreadDesk(ThreadStore store, ReferenceStore references, AccessCache access)
{
    /// <summary>A page of a conversation's threads, the one with the newest reply first.</summary>
    public async Task<IReadOnlyList<ThreadSummary>> ListAsync(
        Caller caller, ConversationId conversation, ThreadsQuery? query, CancellationToken ct)
    {
        ChatException.ThrowIf(ThreadRules.Check(query));
        // Later replies may follow the caller's removal.
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        var before = Math.Min(query?.Before ?? long.MaxValue, head + 1);
        return await store.ListAsync(
            conversation, caller.Id, before, query?.Limit ?? ChatLimits.DefaultThreadsPage, ct);
    }

    public async Task FollowAsync(
        Caller caller, ConversationId conversation, long thread, bool isFollowing, CancellationToken ct)
    {
        var (first, _) = await FindAsync(caller, conversation, thread, ct);
        await store.FollowAsync(conversation, caller.Id, first, isFollowing, ct);
    }

    /// <summary>Moves the caller's position in a thread forward, at most to the newest entry.</summary>
    public async Task MarkReadAsync(
        Caller caller, ConversationId conversation, long thread, long sequence, CancellationToken ct)
    {
        ChatException.ThrowIf(PageRules.Sequence.Check(sequence));
        var (first, head) = await FindAsync(caller, conversation, thread, ct);
        await store.MarkReadAsync(conversation, caller.Id, first, Math.Min(sequence, head), ct);
    }

    /// <summary>Marks this entry and all replies behind it as unread, for the caller alone.</summary>
    public async Task MarkUnreadAsync(
        Caller caller, ConversationId conversation, long thread, long sequence, CancellationToken ct)
    {
        var (first, _) = await FindAsync(caller, conversation, thread, ct);
        await store.MarkUnreadAsync(conversation, caller.Id, first, sequence - 1, ct);
    }

    /// <summary>A page of the messages that name the caller.</summary>
    public Task<IReadOnlyList<Mention>> MentionsAsync(Caller caller, MentionsQuery? query, CancellationToken ct)
    {
        ChatException.ThrowIf(ThreadRules.Check(query, out var after));
        return store.MentionsAsync(caller.User, after, query?.Limit ?? ChatLimits.DefaultListPage, ct);
    }

    /// <returns>The first message of the thread, and the newest entry of the conversation.</returns>
    private async Task<(long First, long Head)> FindAsync(
        Caller caller, ConversationId conversation, long thread, CancellationToken ct)
    {
        var head = await access.ReadableHeadAsync(caller, conversation, ct);
        if (thread < 1 || thread > head
            || !(await references.FindAsync(conversation, [thread], ct)).TryGetValue(thread, out var first))
            throw new ChatException(ThreadRules.NoSuchThread());
        return (first ?? thread, head);
    }
}
