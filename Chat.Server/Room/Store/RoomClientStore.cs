using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Room.Store;

/// <summary>Who has joined the REST room, so that it holds on every instance. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class RoomClientStore(ChatDatabase database)
{
    /// <summary>Adds the client; false when it was there already.</summary>
    public Task<bool> TryAddAsync(UserId client, DateTimeOffset now, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            // Asked first because a client that joins twice is everyday business, and a failed insert is noise in two
            // logs.
            if (await Clients(db).AnyAsync(c => c.ClientId == client, ct)) return false;
            var time = Microseconds.Truncate(now);
            Clients(db).Add(new RoomClientRow { ClientId = client, JoinedAt = time, LastSeenAt = time });
            return await ChatDatabase.TrySaveAsync(db, ct);
        }, ct);

    /// <summary>Removes the client; false when it was not there.</summary>
    public Task<bool> RemoveAsync(UserId client, CancellationToken ct) =>
        database.ChangeAsync(async db => await Clients(db).Where(c => c.ClientId == client).ExecuteDeleteAsync(ct) > 0,
            ct);

    /// <summary>When the client was last heard from; null when it has not joined.</summary>
    public Task<DateTimeOffset?> FindLastSeenAsync(UserId client, CancellationToken ct) =>
        database.RunAsync(
            db => Clients(db).Where(c => c.ClientId == client).Select(c => (DateTimeOffset?)c.LastSeenAt)
                .FirstOrDefaultAsync(ct), ct);

    /// <summary>Which of these clients have joined, in one query.</summary>
    public Task<HashSet<UserId>> FindJoinedAsync(IReadOnlyCollection<UserId> clients, CancellationToken ct) =>
        database.RunAsync(
            db => Clients(db).Where(c => clients.Contains(c.ClientId)).Select(c => c.ClientId).ToHashSetAsync(ct),
            ct);

    /// <summary>Notes that these clients were heard from; a time never goes back, a client that is not there stays
    /// so.</summary>
    public Task TouchAsync(IReadOnlyCollection<KeyValuePair<UserId, DateTimeOffset>> seen,
        CancellationToken ct) => seen.Count == 0
        ? Task.CompletedTask
        : database.ChangeAsync(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                // In one order everywhere: two instances that touch the same clients must not deadlock.
                foreach (var (client, time) in seen.OrderBy(s => s.Key.Value, StringComparer.Ordinal))
                {
                    var lastSeen = Microseconds.Truncate(time);
                    await Clients(db).Where(c => c.ClientId == client && c.LastSeenAt < lastSeen)
                        .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastSeenAt, lastSeen), ct);
                }
                await transaction.CommitAsync(ct);
                return true;
            }, ct);

    /// <summary>Removes those not heard from since <paramref name="before"/> and returns them.</summary>
    public Task<IReadOnlyList<UserId>> RemoveInactiveAsync(
        DateTimeOffset before, CancellationToken ct) => database.ChangeAsync<IReadOnlyList<UserId>>(
        async db =>
        {
            var removed = new List<UserId>();
            // One by one, so that of several instances exactly one removes a client, and one that spoke up meanwhile
            // stays.
            foreach (var client in await Clients(db).Where(c => c.LastSeenAt < before).Select(c => c.ClientId)
                .ToListAsync(ct))
                if (await Clients(db).Where(c => c.ClientId == client && c.LastSeenAt < before)
                    .ExecuteDeleteAsync(ct) > 0) removed.Add(client);
            return removed;
        }, ct);

    private static DbSet<RoomClientRow> Clients(ChatDbContext db) => db.Set<RoomClientRow>();
}
