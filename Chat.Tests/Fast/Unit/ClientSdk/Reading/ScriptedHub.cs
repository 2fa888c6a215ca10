using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>The server's methods in one session of a <see cref="ScriptedLink"/>.</summary>
internal sealed class ScriptedHub(ScriptedLink link, CancellationToken ended) : IPartialHub
{
    private readonly ConcurrentDictionary<ConversationId, bool> _joined = new();

    public bool HasJoined(ConversationId conversation) => _joined.ContainsKey(conversation);

    public Task<JoinResult> Join(
        ConversationId conversationId, long? afterSequence = null) => CallAsync(nameof(Join), () =>
    {
        link.Server.Joins.Enqueue(conversationId);
        CheckAccess(conversationId);
        if (!HasJoined(conversationId) && _joined.Count >= link.Server.MostJoined)
            throw ServerScript.Refusal(ChatErrorCode.RateLimited);
        var head = link.Head(conversationId);
        _joined[conversationId] = true;
        return new JoinResult(conversationId, head, head);
    });

    public Task Leave(ConversationId conversationId) => CallAsync(nameof(Leave), () =>
    {
        _joined.TryRemove(conversationId, out _);
        link.Server.Leaves.Enqueue(conversationId);
        link.Server.Left.Add(conversationId);
        return true;
    });

    public Task<HistoryPage> History(
        ConversationId conversationId, HistoryQuery? query = null) => CallAsync(nameof(History), () =>
    {
        link.Server.Pages.Enqueue(query!);
        link.Server.Asked.Add(query!);
        CheckAccess(conversationId);
        var log = link.Log(conversationId);
        var limit = query!.Limit ?? 50;
        List<ConversationEntry> page = query.After is { } after
            ? [.. log.Skip((int)after).Take(limit)]
            : [.. log.Take((int)((query.Before ?? int.MaxValue) - 1)).TakeLast(limit)];
        return link.Server.Distort(new HistoryPage(page, log.Count));
    });

    public Task MarkRead(ConversationId conversationId, long sequence, long? thread = null) =>
        CallAsync(nameof(MarkRead), () =>
        {
            link.Server.ReadMarks.Add((conversationId, sequence));
            return true;
        });

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        CallAsync<IReadOnlyList<ReadPosition>>(nameof(ReadPositions), () => [.. link.Server.Positions]);

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) =>
        CallAsync(nameof(GetPresence),
            () => new PresenceSnapshot(conversationId, link.Server.Present.Count(user => user.Online),
                [.. link.Server.Present], Watching: true));

    public Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds) =>
        CallAsync<IReadOnlyList<UserProfile>>(nameof(Users),
            () => [.. userIds.Select(user => new UserProfile(user, null))]);

    public Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null) =>
        CallAsync<IReadOnlyList<ConversationSummary>>(nameof(Conversations), () => []);

    private void CheckAccess(ConversationId conversation)
    {
        if (link.Server.Forbidden.ContainsKey(conversation)) throw ServerScript.Refusal(ChatErrorCode.Forbidden);
    }

    private async Task<T> CallAsync<T>(string method, Func<T> answer)
    {
        try
        {
            await link.Server.BeforeCall(method).WaitAsync(ended);
            ended.ThrowIfCancellationRequested();
            return answer();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            throw new ChatDisconnectedException("cut by the test");
        }
    }
}
