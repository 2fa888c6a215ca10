using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Reactions;

/// <summary>Finds reactions that should have been told: untold for a second, or for two intervals where these are
/// longer.</summary>
internal sealed class ReactionUpkeep(ReactionStore store, LogIdentity identity, MessagesOptions options)
{
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task<IReadOnlyList<ReactionMark>> FindAsync(DateTimeOffset now, CancellationToken ct)
    {
        // No reaction was ever stored: an idle server asks nothing.
        if (identity.Current is not { Requires: >= Deployment.LevelOfMessages }) return [];
        var late = TimeSpan.FromMilliseconds(2 * options.ReactionIntervalMilliseconds);
        return await store.UntoldAsync(now - (late > Least ? late : Least), AtOnce, ct);
    }
}
