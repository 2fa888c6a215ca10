using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Observers.Store;

/// <summary>The conversations that observers failed with. Failures are <see cref="StoreException"/>.</summary>
internal sealed class ParkedStore(ChatDatabase database, DatabaseSettings settings)
{
    private readonly ObserverSql _sql = new(settings);

    /// <summary>Those of an observer.</summary>
    public Task<List<Parked>> FindAsync(string observer, CancellationToken ct) => database.RunAsync(
        db => Of(db, observer).AsNoTracking()
            .Select(p => new Parked(p.ConversationId, p.Position, p.Attempts, p.NextAt, p.Error)).ToListAsync(ct), ct);

    /// <summary>How many there are of each observer that has some.</summary>
    public Task<Dictionary<string, int>> CountAsync(CancellationToken ct) => database.RunAsync(
        db => db.Set<ParkedRow>().GroupBy(p => p.Observer).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct), ct);

    /// <summary>Parks conversations, or notes how far they are, together with the mark; false: the lease is lost, and
    /// nothing was stored.</summary>
    /// <param name="observer">Which.</param>
    /// <param name="lease">Its epoch, and the mark.</param>
    /// <param name="parked">The conversations, each once.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<bool> PutAsync(
        string observer, Lease lease, IReadOnlyCollection<Parked> parked, CancellationToken ct) =>
        ChangeAsync(observer, lease, async db =>
        {
            var ids = parked.Select(one => one.Conversation).ToList();
            await Of(db, observer).Where(p => ids.Contains(p.ConversationId)).ExecuteDeleteAsync(ct);
            db.Set<ParkedRow>().AddRange(parked.Select(one => RowOf(observer, one)));
            await db.SaveChangesAsync(ct);
        }, ct);

    /// <summary>It is with the others again; false: the lease is lost, and nothing was changed.</summary>
    public Task<bool> RemoveAsync(string observer, Lease lease, ConversationId conversation, CancellationToken ct) =>
        ChangeAsync(observer, lease,
            db => Of(db, observer).Where(p => p.ConversationId == conversation).ExecuteDeleteAsync(ct), ct);

    private Task<bool> ChangeAsync(
        string observer, Lease lease, Func<ChatDbContext, Task> change, CancellationToken ct) =>
        database.ChangeAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // First: it locks the observer's row.
            if (await db.Database.ExecuteSqlRawAsync(
                _sql.Save, [observer, lease.Epoch, lease.Mark], ct) == 0) return false;
            await change(db);
            await transaction.CommitAsync(ct);
            return true;
        }, ct);

    private static IQueryable<ParkedRow> Of(ChatDbContext db, string observer) =>
        db.Set<ParkedRow>().Where(p => p.Observer == observer);

    private static ParkedRow RowOf(string observer, Parked one) => new()
    {
        Observer = observer, ConversationId = one.Conversation, Position = one.Position, Attempts = one.Attempts,
        NextAt = Microseconds.Truncate(one.NextAt),
        Error = one.Error is { Length: > ParkedRow.ErrorLength } error ? error[..ParkedRow.ErrorLength] : one.Error,
    };
}
