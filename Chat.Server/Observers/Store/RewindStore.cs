using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Observers.Store;

/// <summary>Moves observers back. The instance that runs one goes on from there. Failures are
/// <see cref="StoreException"/>.</summary>
internal sealed class RewindStore(ChatDatabase database, DatabaseSettings settings, IScanLog log)
{
    private readonly ObserverSql _sql = new(settings);

    /// <summary>The mark of an observer that begins there.</summary>
    public async Task<long> FindMarkAsync(ChatStart start, CancellationToken ct) => start.At switch
    {
        null => await log.FindEndAsync(ct),
        { } time when time == DateTimeOffset.MinValue => 0,
        { } time => await log.FindBeforeAsync(time, ct),
    };

    /// <summary>Moves all of it; false: there is no such observer.</summary>
    public async Task<bool> MoveAsync(string observer, ChatStart to, CancellationToken ct)
    {
        var mark = await FindMarkAsync(to, ct);
        return await ChangeAsync(observer, mark, async (db, parked) =>
        {
            if (to.At is null) await parked.ExecuteDeleteAsync(ct);
            // What is parked is shown apart, so it goes back by itself: to before its first entry behind the mark.
            else
                await parked.ExecuteUpdateAsync(set => set
                    .SetProperty(p => p.Attempts, 0).SetProperty(p => p.NextAt, DateTimeOffset.UnixEpoch)
                    .SetProperty(p => p.Position, p => db.Messages
                        .Where(m => m.ConversationId == p.ConversationId && m.Id > mark && m.Sequence <= p.Position)
                        .Min(m => (long?)m.Sequence - 1) ?? p.Position), ct);
        }, ct);
    }

    /// <summary>Moves one conversation; false: there is no such observer.</summary>
    public Task<bool> MoveAsync(string observer, ChatStart to, ConversationId only, CancellationToken ct) =>
        ChangeAsync(observer, mark: null, async (db, parked) =>
        {
            var entries = db.Messages.Where(m => m.ConversationId == only);
            var position = to.At switch
            {
                null => await entries.MaxAsync(m => (long?)m.Sequence, ct),
                { } time when time == DateTimeOffset.MinValue => 0,
                { } time => await entries.Where(m => m.CreatedAt < time).MaxAsync(m => (long?)m.Sequence, ct),
            } ?? 0;
            var here = parked.Where(p => p.ConversationId == only);
            // Back, and not over what it still waits for: only "now" leaves that out.
            if (to.At is not null && await here.Select(p => (long?)p.Position).SingleOrDefaultAsync(ct) is { } known)
                position = Math.Min(position, known);
            await here.ExecuteDeleteAsync(ct);
            db.Set<ParkedRow>().Add(ParkedRow.Due(observer, only, position));
            await db.SaveChangesAsync(ct);
        }, ct);

    /// <summary>Moves nothing, but what is parked is tried at once; false: there is no such observer.</summary>
    public Task<bool> RetryAsync(string observer, CancellationToken ct) => ChangeAsync(observer, mark: null,
        (_, parked) => parked.ExecuteUpdateAsync(set => set
            .SetProperty(p => p.Attempts, 0).SetProperty(p => p.NextAt, DateTimeOffset.UnixEpoch), ct), ct);

    private Task<bool> ChangeAsync(string observer, long? mark,
        Func<ChatDbContext, IQueryable<ParkedRow>, Task> change, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await db.Database.ExecuteSqlRawAsync(_sql.Rewind, [observer, mark!], ct) == 0) return false;
            await change(db, db.Set<ParkedRow>().Where(p => p.Observer == observer));
            await transaction.CommitAsync(ct);
            return true;
        }, ct);
}
