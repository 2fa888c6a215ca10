using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>A store of which somebody else may hold conversations, and whose small queries may be told to wait. It
/// remembers its batches, and counts these queries.</summary>
internal sealed class LockingStore(IMessageStore inner) : ForwardingStore(inner)
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

    public override Task<CommitOutcome[]> CommitAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
    {
        lock (_gate)
        {
            if (drafts.Any(draft => _locked.Contains(draft.ConversationId)))
                return Task.FromException<CommitOutcome[]>(new StoreException(StoreFailure.Locked, "held by a test"));
            Batches.Add([.. drafts]);
        }
        return base.CommitAsync(drafts, at, ct);
    }

    public override Task<HashSet<ConversationId>> FindLockedAsync(
        IReadOnlyCollection<Draft> drafts, CancellationToken ct)
    {
        var conversations = drafts.Select(draft => draft.ConversationId).ToHashSet();
        Questions.Add(conversations.Count);
        lock (_gate) return Task.FromResult(conversations.Where(_locked.Contains).ToHashSet());
    }

    public override async Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct)
    {
        AccessQueries.Add();
        await QueriesMayEnd;
        return await base.FindAccessAsync(whose, ct);
    }

    public override async Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        HeadQueries.Add();
        await QueriesMayEnd;
        return await base.ReadHeadsAsync(conversations, ct);
    }
}
