using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Server.Revocations.Store;

/// <summary>The table of revocations. Failures are <see cref="StoreException"/>.</summary>
internal interface IRevocationStore
{
    /// <summary>Stores one, in place of the one before for the same user and session, and with it what the user's row
    /// says and that older servers must not serve here any more. May be made twice.</summary>
    /// <remarks>Numbers appear in their order: nobody who reads by number misses one.</remarks>
    Task<Revocation> AddAsync(RevocationOrder order, CancellationToken ct);

    /// <summary>The database's time of day, now.</summary>
    Task<DateTimeOffset> ClockAsync(CancellationToken ct);

    /// <summary>All there are.</summary>
    Task<List<Revocation>> ReadAllAsync(CancellationToken ct);

    /// <summary>Deletes those that say nothing any more.</summary>
    Task<int> DeleteExpiredAsync(DateTimeOffset now, CancellationToken ct);
}
