using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Observers.Store;

/// <summary>Reads how far all observers are, for operators. Failures are <see cref="StoreException"/>.</summary>
internal sealed class OverviewStore(ChatDatabase database, ObserverStores stores)
{
    /// <summary>So many parked conversations of each are read.</summary>
    private const int Shown = 20;

    /// <summary>All that the database knows, by name.</summary>
    public async Task<List<ObserverOverview>> ListAsync(CancellationToken ct)
    {
        var end = await stores.Log.FindEndAsync(ct);
        var free = await stores.Leases.FindFreeAsync(Guid.Empty, ct); // by the clock of the database, as leases are
        return await database.RunAsync(async db => (await db.Set<ObserverRow>().AsNoTracking().OrderBy(o => o.Name)
            .Select(o => new
            {
                Row = o,
                Since = db.Messages.Where(m => m.Id > o.Mark).OrderBy(m => m.Id)
                    .Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefault(),
                ParkedCount = db.Set<ParkedRow>().Count(p => p.Observer == o.Name),
                Parked = db.Set<ParkedRow>().Where(p => p.Observer == o.Name).OrderBy(p => p.NextAt).Take(Shown)
                    .Select(p => new Parked(p.ConversationId, p.Position, p.Attempts, p.NextAt, p.Error)).ToList(),
            }).ToListAsync(ct))
            .ConvertAll(one => new ObserverOverview(one.Row, !free.Contains(one.Row.Name),
                Math.Max(0, end - one.Row.Mark), one.Since, one.ParkedCount, one.Parked)), ct);
    }
}
