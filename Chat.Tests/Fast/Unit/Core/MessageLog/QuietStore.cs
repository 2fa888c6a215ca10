using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>A store in which quiet reactions and commits take a while, or as long as a test says, and of which somebody
/// else may hold all conversations.</summary>
internal sealed class QuietStore(IMessageStore inner) : ForwardingStore(inner)
{
    /// <summary>A sign for each batch of quiet reactions.</summary>
    public Inbox<int> Quiet { get; } = new();

    /// <summary>Such a batch is stored after this.</summary>
    public Task MayReact { get; set; } = Task.CompletedTask;

    /// <summary>Whether somebody else holds the conversations.</summary>
    public bool IsLocked { get; set; }

    /// <summary>A sign for each commit that meets that.</summary>
    public Inbox<int> Met { get; } = new();

    /// <summary>A commit is stored after this.</summary>
    public Task MayCommit { get; set; } = Task.CompletedTask;

    /// <summary>A sign for each commit that waits for that.</summary>
    public Inbox<int> Waiting { get; } = new();

    public override async Task<CommitOutcome[]> CommitAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
    {
        if (IsLocked)
        {
            Met.Add(drafts.Count);
            throw new StoreException(StoreFailure.Locked, "held by a test");
        }
        if (!MayCommit.IsCompleted) Waiting.Add(drafts.Count);
        await MayCommit;
        return await base.CommitAsync(drafts, at, ct);
    }

    public override Task<HashSet<ConversationId>> FindLockedAsync(
        IReadOnlyCollection<Draft> drafts, CancellationToken ct) =>
        Task.FromResult(IsLocked ? drafts.Select(draft => draft.ConversationId).ToHashSet() : []);

    public override async Task<CommitOutcome[]> ReactAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
    {
        Quiet.Add(drafts.Count);
        await MayReact;
        await Task.Yield();
        return await base.ReactAsync(drafts, at, ct);
    }
}
