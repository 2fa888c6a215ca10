using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Observers.Store;

/// <summary>Observers begin behind an import: nothing is sent because of one.</summary>
internal static class ImportPass
{
    /// <summary>Moves all observers to the end of the log. Conversations that one was not shown to their end before are
    /// parked, so that their entries come; one with more of them than may be parked stays where it is.</summary>
    /// <param name="db">In the transaction that ends the import.</param>
    /// <param name="before">The largest number before it began.</param>
    /// <param name="ct">Cancels waiting.</param>
    public static async Task PassAsync(ChatDbContext db, long before, CancellationToken ct)
    {
        var end = await db.Messages.MaxAsync(m => (long?)m.Id, ct) ?? 0;
        foreach (var observer in await db.Set<ObserverRow>().ToListAsync(ct))
        {
            var behind = await db.Messages.Where(m => m.Id > observer.Mark && m.Id <= before)
                .Where(m => !db.Set<ParkedRow>().Any(
                    p => p.Observer == observer.Name && p.ConversationId == m.ConversationId))
                .GroupBy(m => m.ConversationId).Select(g => new { g.Key, First = g.Min(m => m.Sequence) })
                .Take(Failing.MostParked + 1).ToListAsync(ct);
            if (behind.Count > Failing.MostParked) continue;
            db.Set<ParkedRow>().AddRange(behind.Select(one => ParkedRow.Due(observer.Name, one.Key, one.First - 1)));
            observer.Mark = Math.Max(observer.Mark, end);
        }
        await db.SaveChangesAsync(ct);
    }
}
