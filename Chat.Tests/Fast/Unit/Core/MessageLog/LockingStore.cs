using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>A store of which somebody else may hold conversations, and whose small queries may be told to wait. It
/// remembers its batches, and counts these queries.</summary>
internal sealed class LockingStore(IMessageStore inner) : IMessageStore
{
    private readonly Lock _gate = new();
    private readonly HashSet<ConversationId> _locked = [];

    /// <summary>Each commit that was stored.</summary>
    public List<IReadOnlyList<Draft>> Batches { get; } = [];

    /// <summary>A sign for each question which conversations are locked.</summary>
    public Inbox<int> Questions { get; } = new();

    /// <summary>The queries for rights and heads end after this.</summary>
    public Task QueriesMayEnd { get; set; } = Task.CompletedTask;

    public Tally AccessQueries { get; } = new();

    public Tally HeadQueries { get; } = new();

    public void Lock(ConversationId conversation)
    {
        lock (_gate) _locked.Add(conversation);
    }

    public void Unlock(ConversationId conversation)
    {
        lock (_gate) _locked.Remove(conversation);
    }

    public Task<CommitOutcome[]> CommitAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
    {
        lock (_gate)
        {
            if (drafts.Any(draft => _locked.Contains(draft.ConversationId)))
                return Task.FromException<CommitOutcome[]>(new StoreException(StoreFailure.Locked, "held by a test"));
            Batches.Add([.. drafts]);
        }
        return inner.CommitAsync(drafts, at, ct);
    }

    public Task<HashSet<ConversationId>> FindLockedAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        Questions.Add(conversations.Count);
        lock (_gate) return Task.FromResult(conversations.Where(_locked.Contains).ToHashSet());
    }

    public Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<Draft> drafts, CancellationToken ct) =>
        inner.ResolveAsync(drafts, ct);

    public Task<List<Chat.Contracts.Entries.ConversationEntry>> ReadAfterAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct) =>
        inner.ReadAfterAsync(conversation, after, limit, ct);

    public Task<LogStretches> ReadAfterAsync(
        IReadOnlyList<LogPlace> places, PageLimit limit, CancellationToken ct) =>
        inner.ReadAfterAsync(places, limit, ct);

    public Task<List<Chat.Contracts.Entries.ConversationEntry>> ReadBeforeAsync(
        ConversationId conversation, long before, PageLimit limit, CancellationToken ct) =>
        inner.ReadBeforeAsync(conversation, before, limit, ct);

    public Task<MessagePage> ReadMessagesAsync(
        ConversationId conversation, MessageQuery query, PageLimit limit, CancellationToken ct) =>
        inner.ReadMessagesAsync(conversation, query, limit, ct);

    public async Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct)
    {
        AccessQueries.Add();
        await QueriesMayEnd;
        return await inner.FindAccessAsync(whose, ct);
    }

    public Task<List<ConversationEntry>> ReadMessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct) =>
        inner.ReadMessageAsync(conversation, sequence, ct);

    public Task<List<ConversationEntry>> ReadCurrentAsync(
        ConversationId conversation, IReadOnlyCollection<long> messages, CancellationToken ct) =>
        inner.ReadCurrentAsync(conversation, messages, ct);

    public Task<List<ConversationEntry>> ReadVersionsAsync(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit, CancellationToken ct) =>
        inner.ReadVersionsAsync(conversation, sequence, after, upTo, limit, ct);

    public async Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        HeadQueries.Add();
        await QueriesMayEnd;
        return await inner.ReadHeadsAsync(conversations, ct);
    }
}
