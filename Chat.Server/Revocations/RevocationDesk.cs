using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Revocations.Store;

namespace Chat.Server.Revocations;

/// <summary>Revokes tokens, deactivates users and takes them back.</summary>
internal sealed class RevocationDesk(
    IRevocationStore store, RevocationApplier applier, RevocationHints hints, DatabaseSettings database)
{
    /// <summary>So much later than its commit a revocation holds on every instance, whatever happens: an instance shows
    /// nothing once its last reading is <see cref="Callers.Admission.Fresh"/> old, and clocks are not quite
    /// true.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1); // on SQLite: stored and taken up in one order

    /// <returns>Nothing that is stored later is shown to the user or taken from the user.</returns>
    /// <exception cref="ChatException">There are too many.</exception>
    /// <exception cref="StoreException">It is not stored, or that is not known.</exception>
    public async Task<DateTimeOffset> RunAsync(RevocationOrder order)
    {
        if (!order.TakesBack && !applier.HasRoomFor(order.User))
            throw ChatException.Internal("there are too many users who are revoked or deactivated; nothing was done. "
                + "Chat:Memory:RevocationBytes says how many there may be");
        if (database.Kind == DatabaseKind.Sqlite) await RunHereAsync(order);
        else
        {
            await store.AddAsync(order, CancellationToken.None);
            hints.Publish();
        }
        // Behind the commit.
        return await store.ClockAsync(CancellationToken.None) + Reach;
    }

    private async Task RunHereAsync(RevocationOrder order)
    {
        await _turn.WaitAsync();
        try
        {
            applier.Apply([await store.AddAsync(order, CancellationToken.None)]);
        }
        finally
        {
            _turn.Release();
        }
    }
}
