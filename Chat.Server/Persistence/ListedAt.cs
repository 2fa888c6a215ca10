using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Brings <see cref="ConversationRow.ListedAt"/> up to date, the indexed time by which long lists are walked.
/// Failures are <see cref="StoreException"/>.</summary>
internal sealed class ListedAt(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>It is moved when it is so much behind: a conversation costs the index a change per minute, however much
    /// is sent to it.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private const string ActiveAt = "coalesce(last_shown_at, last_entry_at, created_at)";

    private static readonly string PostgresSome = PostgresMove("id = any({0})");

    private static readonly string PostgresAll = PostgresMove("true", "limit {0}");

    private static readonly string SqliteAll =
        $$"""
        update conversations set listed_at = {{ActiveAt}}
         where id in (select id from conversations where {{IsLate($"{Step.Ticks / TimeSpan.TicksPerMicrosecond}")}}
                       limit {0})
        """;

    /// <summary>Of these conversations.</summary>
    public Task MoveAsync(IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) =>
        database.ChangeAsync(db => settings.Kind == DatabaseKind.Postgres
            ? db.Database.ExecuteSqlRawAsync(PostgresSome, [conversations.Select(id => id.Value).ToArray()], ct)
            : MoveAsync(db, conversations, ct), ct);

    /// <summary>Of all conversations, in steps.</summary>
    public Task MoveAllAsync(CancellationToken ct) => database.DeleteInStepsAsync(
        (db, most) => db.Database.ExecuteSqlRawAsync(
            settings.Kind == DatabaseKind.Postgres ? PostgresAll : SqliteAll, [most], ct), ct);

    /// <summary>What is locked is being written to, and is moved after that.</summary>
    private static string PostgresMove(string which, string limit = "") =>
        $"""
        with late as materialized (
            select id from conversations where {which} and {IsLate($"interval '{Step.TotalSeconds} seconds'")}
             order by id {limit} for no key update skip locked)
        update conversations c set listed_at = {ActiveAt} from late where c.id = late.id
        """;

    private static string IsLate(string step) => $"(listed_at is null or listed_at < {ActiveAt} - {step})";

    private static async Task<int> MoveAsync(
        ChatDbContext db, IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        var found = await db.Conversations.Where(c => conversations.Contains(c.Id))
            .Select(c => new { c.Id, c.ListedAt, ActiveAt = c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt })
            .ToListAsync(ct);
        var late = found.Where(c => c.ListedAt is not { } at || at < c.ActiveAt - Step).Select(c => c.Id).ToList();
        return late.Count == 0 ? 0 : await db.Conversations.Where(c => late.Contains(c.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.ListedAt, c => c.LastShownAt ?? c.LastEntryAt ?? c.CreatedAt), ct);
    }
}
