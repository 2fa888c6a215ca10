using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Room.Store;

/// <summary>The clients that have joined the REST room, for all instances. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class RoomClientStore(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>Adds the client; false when it has already joined.</summary>
    public Task<bool> TryAddAsync(UserId client, DateTimeOffset now, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            // Checked first, because repeated joins are common, and a failed insert is logged twice.
            if (await Clients(db).AnyAsync(c => c.ClientId == client, ct)) return false;
            var time = Microseconds.Truncate(now);
            Clients(db).Add(new RoomClientRow { ClientId = client, JoinedAt = time, LastSeenAt = time });
            return await ChatDatabase.TrySaveAsync(db, ct);
        }, ct);

    /// <summary>Removes the client; false when it has not joined.</summary>
    public Task<bool> RemoveAsync(UserId client, CancellationToken ct) =>
        database.ChangeAsync(async db => await Clients(db).Where(c => c.ClientId == client).ExecuteDeleteAsync(ct) > 0,
            ct);

    /// <summary>The client's last activity; null when it has not joined.</summary>
    public Task<DateTimeOffset?> FindLastSeenAsync(UserId client, CancellationToken ct) =>
        database.RunAsync(
            db => Clients(db).Where(c => c.ClientId == client).Select(c => (DateTimeOffset?)c.LastSeenAt)
                .FirstOrDefaultAsync(ct), ct);

    /// <summary>Which of these clients have joined, in one query.</summary>
    public Task<HashSet<UserId>> FindJoinedAsync(IReadOnlyCollection<UserId> clients, CancellationToken ct) =>
        database.RunAsync(
            db => Clients(db).Where(c => clients.Contains(c.ClientId)).Select(c => c.ClientId).ToHashSetAsync(ct),
            ct);

    /// <summary>Stores the activity of these clients; a time never goes back, and unknown clients are not
    /// added.</summary>
    public Task TouchAsync(
        IReadOnlyCollection<KeyValuePair<UserId, DateTimeOffset>> seen, CancellationToken ct) => seen.Count == 0
        ? Task.CompletedTask
        : database.ChangeAsync(
            db => db.Database.ExecuteSqlAsync(
                settings.Kind == DatabaseKind.Postgres
                    ? PostgresTouch(TimesOf(seen))
                    : SqliteTouch(TimesOf(seen)), ct), ct);

    /// <summary>Removes the clients that were inactive since <paramref name="before"/> and returns them. Of several
    /// instances one removes a client, and one that spoke up meanwhile stays.</summary>
    public async Task<IReadOnlyList<UserId>> RemoveInactiveAsync(DateTimeOffset before, CancellationToken ct)
    {
        var remove = settings.Kind == DatabaseKind.Postgres ? PostgresRemove(before) : SqliteRemove(before);
        var removed = await database.ChangeAsync(db => db.Database.SqlQuery<string>(remove).ToListAsync(ct), ct);
        return removed.ConvertAll(UserId.Parse);
    }

    // The room is the default tenant's.
    private static SeenTimes TimesOf(IReadOnlyCollection<KeyValuePair<UserId, DateTimeOffset>> seen) =>
        new([.. seen.Select(s => KeyValuePair.Create(new UserKey(Tenant.Default, s.Key), s.Value))]);

    // Locked in one order everywhere: two instances must not deadlock.
    private static FormattableString PostgresTouch(SeenTimes seen) =>
        $"""
        with heard as materialized (
            select c.client_id, s.at from room_clients c
              join unnest({seen.Users}, {seen.Times}) as s(client_id, at) on s.client_id = c.client_id
             where c.last_seen_at < s.at order by c.client_id for no key update of c)
        update room_clients c set last_seen_at = heard.at from heard
         where c.client_id = heard.client_id and c.last_seen_at < heard.at
        """;

    private static FormattableString SqliteTouch(SeenTimes seen) =>
        $"""
        update room_clients set last_seen_at = heard.at
          from (select json_extract(value, '$[0]') as client_id, json_extract(value, '$[1]') as at
                  from json_each({seen.ToJson()})) heard
         where room_clients.client_id = heard.client_id and last_seen_at < heard.at
        """;

    private static FormattableString PostgresRemove(DateTimeOffset before) =>
        $"""
        with silent as materialized (
            select client_id from room_clients where last_seen_at < {before} order by client_id for update)
        delete from room_clients c using silent where c.client_id = silent.client_id
        returning c.client_id as "Value"
        """;

    private static FormattableString SqliteRemove(DateTimeOffset before) =>
        $"""
        delete from room_clients where last_seen_at < {Microseconds.ToUnix(before)} returning client_id as "Value"
        """;

    private static DbSet<RoomClientRow> Clients(ChatDbContext db) => db.Set<RoomClientRow>();
}
