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
        var counts = await stores.Parked.CountAsync(ct);
        return await database.RunAsync(async db =>
        {
            var all = new List<ObserverOverview>();
            foreach (var row in await db.Set<ObserverRow>().AsNoTracking().OrderBy(o => o.Name).ToListAsync(ct))
                all.Add(new ObserverOverview(row, !free.Contains(row.Name), Math.Max(0, end - row.Mark),
                    await db.Messages.Where(m => m.Id > row.Mark).OrderBy(m => m.Id)
                        .Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(ct),
                    counts.GetValueOrDefault(row.Name), counts.ContainsKey(row.Name)
                        ? await db.Set<ParkedRow>().Where(p => p.Observer == row.Name).OrderBy(p => p.NextAt)
                            .Take(Shown).Select(p => new Parked(p.ConversationId, p.Position, p.Attempts, p.NextAt,
                                p.Error)).ToListAsync(ct)
                        : []));
            return all;
        }, ct);
    }
}
