using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Presence.Store;

/// <summary>Last-seen times, and the users whom presence concerns. Failures are <see cref="StoreException"/>.</summary>
internal sealed class PresenceStore(ChatDatabase database, DatabaseSettings settings)
{
    private const int UsersPerQuery = 5_000;

    /// <summary>Stores the last-seen times of these users in one statement; a time never goes back.</summary>
    public Task NoteLastSeenAsync(IReadOnlyCollection<KeyValuePair<UserKey, DateTimeOffset>> seen, CancellationToken ct)
    {
        if (seen.Count == 0) return Task.CompletedTask;
        var ordered = new SeenTimes(seen);
        return database.ChangeAsync(
            db => db.Database.ExecuteSqlAsync(
                settings.Kind == DatabaseKind.Postgres ? PostgresUpsert(ordered) : SqliteUpsert(ordered), ct), ct);
    }

    /// <summary>The last-seen times of these users, as far as there are any.</summary>
    /// <param name="users">Of one tenant, as all whom one user sees.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<Dictionary<UserKey, DateTimeOffset>> FindLastSeenAsync(
        IReadOnlyCollection<UserKey> users, CancellationToken ct)
    {
        if (users.Count == 0) return Task.FromResult<Dictionary<UserKey, DateTimeOffset>>([]);
        var tenant = users.First().Tenant;
        var ids = users.Select(user => user.Id).ToArray();
        return database.RunAsync(
            db => db.Users.AsNoTracking()
                .Where(u => u.Tenant == tenant && ids.Contains(u.UserId) && u.LastSeenAt != null)
                .ToDictionaryAsync(u => new UserKey(u.Tenant, u.UserId), u => u.LastSeenAt!.Value, ct), ct);
    }

    /// <summary>Participants of a conversation, in the order of their ids, up to a limit, without blocked
    /// ones.</summary>
    public Task<List<UserId>> FindParticipantsAsync(
        ConversationId conversation, int most, CancellationToken ct) => database.RunAsync(
        db => In(db, conversation).OrderBy(p => p.UserId).Select(p => p.UserId).Take(most).ToListAsync(ct), ct);

    /// <summary>Those of these users who are participants of a conversation and not blocked. The cost depends on the
    /// number of users, not on the conversation.</summary>
    public async Task<HashSet<UserId>> FindParticipantsAmongAsync(
        ConversationId conversation, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var found = new HashSet<UserId>();
        foreach (var some in users.Chunk(UsersPerQuery))
            found.UnionWith(await database.RunAsync(
                db => In(db, conversation).Where(p => some.Contains(p.UserId)).Select(p => p.UserId).ToListAsync(ct),
                ct));
        return found;
    }

    /// <summary>Whether a conversation has more than this number of participants, without blocked ones.</summary>
    public Task<bool> HasMoreParticipantsAsync(ConversationId conversation, int than, CancellationToken ct) =>
        database.RunAsync(db => In(db, conversation).OrderBy(p => p.UserId).Skip(than).AnyAsync(ct), ct);

    /// <summary>The users who share a group or direct conversation with a user, in the order of their ids, up to a
    /// limit, without users blocked on either side.</summary>
    public async Task<List<UserKey>> FindContactsAsync(UserKey user, int limit, CancellationToken ct)
    {
        var query = ContactQuery.Of(settings.Kind, user, limit);
        var found = await database.RunAsync(db => db.Database.SqlQuery<string>(query).ToListAsync(ct), ct);
        return found.ConvertAll(id => new UserKey(user.Tenant, UserId.Stored(id)));
    }

    private static IQueryable<ParticipantRow> In(ChatDbContext db, ConversationId conversation) =>
        db.Participants.Where(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked);

    private static FormattableString PostgresUpsert(SeenTimes seen) =>
        $"""
        insert into users as known (tenant, user_id, last_seen_at)
        select * from unnest({seen.Tenants}, {seen.Users}, {seen.Times})
        on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
          where known.last_seen_at is null or known.last_seen_at < excluded.last_seen_at
        """;

    private static FormattableString SqliteUpsert(SeenTimes seen) =>
        $"""
        insert into users (tenant, user_id, last_seen_at)
        select json_extract(value, '$[2]'), json_extract(value, '$[0]'), json_extract(value, '$[1]')
          from json_each({seen.ToJson()}) where true
        on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
          where last_seen_at is null or last_seen_at < excluded.last_seen_at
        """;
}
