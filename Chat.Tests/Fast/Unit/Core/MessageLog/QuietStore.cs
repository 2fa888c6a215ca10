using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>A store in which quiet reactions take a while, or as long as a test says.</summary>
internal sealed class QuietStore(IMessageStore inner) : ForwardingStore(inner)
{
    /// <summary>A sign for each batch of quiet reactions.</summary>
    public Inbox<int> Quiet { get; } = new();

    /// <summary>Such a batch is stored after this.</summary>
    public Task MayReact { get; set; } = Task.CompletedTask;

    public override async Task<CommitOutcome[]> ReactAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
    {
        Quiet.Add(drafts.Count);
        await MayReact;
        await Task.Yield();
        return await base.ReactAsync(drafts, at, ct);
    }
}
