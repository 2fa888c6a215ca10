using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>Stores nothing and is done at once: what is left is what the core does.</summary>
internal sealed class InstantStore(IMessageStore inner) : ForwardingStore(inner)
{
    private readonly Dictionary<ConversationId, long> _last = [];

    /// <summary>True: what is to be stored is stored, in memory only.</summary>
    public bool IsInstant { get; set; }

    public override Task<CommitOutcome[]> CommitAsync(
        IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
    {
        if (!IsInstant) return base.CommitAsync(drafts, at, ct);
        var outcomes = new CommitOutcome[drafts.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var sequence = _last.GetValueOrDefault(drafts[i].ConversationId, 1) + 1;
            _last[drafts[i].ConversationId] = sequence;
            outcomes[i] = new CommitOutcome(CommitStatus.Stored, drafts[i].Id, sequence, Drafts.Noon);
        }
        return Task.FromResult(outcomes);
    }
}
