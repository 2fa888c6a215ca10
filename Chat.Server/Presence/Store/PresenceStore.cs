using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Presence.Store;

/// <summary>When users were last there, and whom their presence concerns. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class PresenceStore(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>Notes when these users were there, in one statement; a time never goes back.</summary>
    public Task NoteLastSeenAsync(IReadOnlyCollection<KeyValuePair<UserId, DateTimeOffset>> seen, CancellationToken ct)
    {
        if (seen.Count == 0) return Task.CompletedTask;
        // In one order everywhere: two instances that note the same users must not deadlock.
        var ordered = seen.OrderBy(s => s.Key.Value, StringComparer.Ordinal).ToArray();
        return database.RunAsync(
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

    /// <summary>Who takes part in a conversation; blocked ones are left out.</summary>
    public Task<List<UserId>> FindParticipantsAsync(
        ConversationId conversation, CancellationToken ct) => database.RunAsync(
        db => db.Participants.Where(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked)
            .OrderBy(p => p.UserId).Select(p => p.UserId).ToListAsync(ct), ct);

    /// <summary>How many take part in a conversation; blocked ones are left out.</summary>
    public Task<int> CountParticipantsAsync(ConversationId conversation, CancellationToken ct) =>
        database.RunAsync(
            db => db.Participants.CountAsync(p => p.ConversationId == conversation && p.Role != ParticipantRole.Blocked,
                ct), ct);

    /// <summary>Who shares a group or direct conversation with the user, at most so many; blocked ones, on either side,
    /// are left out.</summary>
    public Task<List<UserId>> FindContactsAsync(UserId user, int limit, CancellationToken ct) => database.RunAsync(
        db =>
        {
            var shared = from mine in db.Participants
                         join conversation in db.Conversations on mine.ConversationId equals conversation.Id
                         where mine.UserId == user && mine.Role != ParticipantRole.Blocked
                             && conversation.Kind != ConversationKind.Public
                         select mine.ConversationId;
            return db.Participants.Where(
                p => shared.Contains(p.ConversationId) && p.UserId != user && p.Role != ParticipantRole.Blocked)
                .Select(p => p.UserId).Distinct().OrderBy(u => u).Take(limit).ToListAsync(ct);
        }, ct);

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
