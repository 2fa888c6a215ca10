using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Presence.Store;

/// <summary>When users were last there, and whom their presence concerns. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class PresenceStore(ChatDatabase database, DatabaseSettings settings)
{
    private const int UsersPerQuery = 5_000;

    /// <summary>Notes when these users were there, in one statement; a time never goes back.</summary>
    public Task NoteLastSeenAsync(IReadOnlyCollection<KeyValuePair<UserId, DateTimeOffset>> seen, CancellationToken ct)
    {
        if (seen.Count == 0) return Task.CompletedTask;
        // In one order everywhere: two instances that note the same users must not deadlock.
        var ordered = seen.OrderBy(s => s.Key.Value, StringComparer.Ordinal).ToArray();
        return database.ChangeAsync(
            db => db.Database.ExecuteSqlAsync(
                settings.Kind == DatabaseKind.Postgres ? PostgresUpsert(ordered) : SqliteUpsert(ordered), ct), ct);
    }

    /// <summary>When those of these users that were ever here were last seen.</summary>
    public Task<Dictionary<UserId, DateTimeOffset>> FindLastSeenAsync(
        IReadOnlyCollection<UserId> users, CancellationToken ct) => users.Count == 0
        ? Task.FromResult<Dictionary<UserId, DateTimeOffset>>([])
        : database.RunAsync(
            db => db.Set<UserPresenceRow>().AsNoTracking().Where(p => users.Contains(p.UserId))
                .ToDictionaryAsync(p => p.UserId, p => p.LastSeenAt, ct), ct);

    /// <summary>Who takes part in a conversation, in the order of their ids, at most so many; blocked ones are left
    /// out.</summary>
    public Task<List<UserId>> FindParticipantsAsync(
        ConversationId conversation, int most, CancellationToken ct) => database.RunAsync(
        db => In(db, conversation).OrderBy(p => p.UserId).Select(p => p.UserId).Take(most).ToListAsync(ct), ct);

    /// <summary>Which of these users take part in a conversation; blocked ones are left out. It costs what they are,
    /// not what the conversation is.</summary>
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

    /// <summary>Whether more than so many take part in a conversation; blocked ones are left out.</summary>
    public Task<bool> HasMoreParticipantsAsync(ConversationId conversation, int than, CancellationToken ct) =>
        database.RunAsync(db => In(db, conversation).OrderBy(p => p.UserId).Skip(than).AnyAsync(ct), ct);

    /// <summary>Who shares a group or direct conversation with the user, in the order of their ids, at most so many;
    /// blocked ones, on either side, are left out.</summary>
    public Task<List<UserId>> FindContactsAsync(UserId user, int limit, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            if (settings.Kind == DatabaseKind.Postgres)
                return (await db.Database.SqlQuery<string>(PostgresContacts(user, limit)).ToListAsync(ct))
                    .ConvertAll(UserId.Parse);
            var shared = from mine in db.Participants
                         join conversation in db.Conversations on mine.ConversationId equals conversation.Id
                         where mine.UserId == user && mine.Role != ParticipantRole.Blocked
                             && conversation.Kind != ConversationKind.Public
                         select mine.ConversationId;
            return await db.Participants.Where(
                p => shared.Contains(p.ConversationId) && p.UserId != user && p.Role != ParticipantRole.Blocked)
                .Select(p => p.UserId).Distinct().OrderBy(u => u).Take(limit).ToListAsync(ct);
        }, ct);

    private static IQueryable<ParticipantRow> In(ChatDbContext db, ConversationId conversation) =>
        db.Participants.Where(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked);

    /// <summary>Of each conversation only its first ones: the first of all are among them, and a conversation of
    /// 100,000 costs no more than one of <paramref name="limit"/>.</summary>
    private static FormattableString PostgresContacts(UserId user, int limit) =>
        $"""
        select distinct theirs.user_id as "Value"
          from participants mine
          join conversations c on c.id = mine.conversation_id and c.kind <> 2
         cross join lateral (
               select p.user_id from participants p
                where p.conversation_id = mine.conversation_id and p.user_id <> {user.Value} and p.role <> 2
                order by p.user_id limit {limit}) theirs
         where mine.user_id = {user.Value} and mine.role <> 2
         order by "Value" limit {limit}
        """;

    private static FormattableString PostgresUpsert(KeyValuePair<UserId, DateTimeOffset>[] seen)
    {
        var users = Array.ConvertAll(seen, s => s.Key.Value);
        var times = Array.ConvertAll(seen, s => Microseconds.Truncate(s.Value));
        return $"""
            insert into user_presence as known (user_id, last_seen_at)
            select * from unnest({users}, {times})
            on conflict (user_id) do update set last_seen_at = excluded.last_seen_at
              where known.last_seen_at < excluded.last_seen_at
            """;
    }

    private static FormattableString SqliteUpsert(KeyValuePair<UserId, DateTimeOffset>[] seen)
    {
        var rows = ToJson(seen);
        return $"""
            insert into user_presence (user_id, last_seen_at)
            select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each({rows}) where true
            on conflict (user_id) do update set last_seen_at = excluded.last_seen_at
              where last_seen_at < excluded.last_seen_at
            """;
    }

    private static string ToJson(KeyValuePair<UserId, DateTimeOffset>[] seen)
    {
        var output = new ArrayBufferWriter<byte>(seen.Length * 48);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartArray();
            foreach (var (user, time) in seen)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(user.Value);
                writer.WriteNumberValue(Microseconds.ToUnix(time));
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
