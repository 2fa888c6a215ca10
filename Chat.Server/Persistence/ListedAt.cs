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

    /// <summary>Of these conversations.</summary>
    public Task MoveAsync(IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        var ids = conversations.Select(id => id.Value).ToArray();
        return database.ChangeAsync(db => settings.Kind == DatabaseKind.Postgres
            ? db.Database.ExecuteSqlAsync(
                $"""
                with late as materialized (
                    select id from conversations where id = any({ids})
                       and (listed_at is null
                            or listed_at < coalesce(last_shown_at, last_entry_at, created_at) - interval '1 minute')
                     order by id for no key update skip locked)
                update conversations c set listed_at = coalesce(c.last_shown_at, c.last_entry_at, c.created_at)
                  from late where c.id = late.id
                """, ct)
            : MoveAsync(db, conversations, ct), ct);
    }

    /// <summary>Of all conversations, in steps.</summary>
    /// <remarks>What is locked is being written to, and is moved after that.</remarks>
    public Task MoveAllAsync(CancellationToken ct) => database.DeleteInStepsAsync(
        (db, most) => settings.Kind == DatabaseKind.Postgres
            ? db.Database.ExecuteSqlAsync(
                $"""
                with late as materialized (
                    select id from conversations
                     where listed_at is null
                        or listed_at < coalesce(last_shown_at, last_entry_at, created_at) - interval '1 minute'
                     order by id limit {most} for no key update skip locked)
                update conversations c set listed_at = coalesce(c.last_shown_at, c.last_entry_at, c.created_at)
                  from late where c.id = late.id
                """, ct)
            : db.Database.ExecuteSqlAsync(
                $"""
                update conversations set listed_at = coalesce(last_shown_at, last_entry_at, created_at)
                 where id in (select id from conversations
                    where listed_at is null
                       or listed_at < coalesce(last_shown_at, last_entry_at, created_at) - 60000000 limit {most})
                """, ct), ct);

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
