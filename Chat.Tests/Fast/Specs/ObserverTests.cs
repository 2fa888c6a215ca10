using Chat.Contracts.Entries;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

public sealed class SqliteObserverTests : ObserverSpec
{
    private readonly Lock _gate = new();
    private bool _isSet;

    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    /// <summary>One writes at a time, so nothing can be late: a batch that is refused in its middle is taken back.
    /// </summary>
    internal override async Task AppendOddlyAsync(Random random, ConversationEntry[] drafts)
    {
        lock (_gate)
        {
            if (!_isSet) RefusePoisonAsync().GetAwaiter().GetResult();
            _isSet = true;
        }
        var refused = await Assert.ThrowsAsync<StoreException>(
            () => CommitAsync([.. drafts, Drafts.Message(drafts[0].ConversationId, "poison")]));
        if (refused.Failure != StoreFailure.Rejected) throw refused;
    }
}
