using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Observers.Store;

/// <summary>The observers' leases and marks. Failures are <see cref="StoreException"/>.</summary>
/// <remarks>Leases go by the clock of the database, in the statement that asks: so instances agree on it.</remarks>
internal sealed class ObserverStore(ChatDatabase database, DatabaseSettings settings)
{
    private readonly ObserverSql _sql = new(settings);

    /// <summary>Notes an observer; one that is known stays as it is.</summary>
    public Task AddAsync(string name, long mark, CancellationToken ct) => database.ChangeAsync(
        db => db.Database.ExecuteSqlRawAsync(ObserverSql.Add, [name, mark], ct), ct);

    /// <summary>Whether the database knows it.</summary>
    public Task<bool> ExistsAsync(string name, CancellationToken ct) => database.RunAsync(
        db => db.Set<ObserverRow>().AnyAsync(o => o.Name == name, ct), ct);

    /// <summary>The observers that this instance may take now.</summary>
    public Task<List<string>> FindFreeAsync(Guid me, CancellationToken ct) => database.RunAsync(
        db => db.Database.SqlQueryRaw<string>(_sql.FindFree, settings.KeyOf(me)).ToListAsync(ct), ct);

    /// <summary>Takes it, if nobody else has it; null: somebody has, or there is none.</summary>
    public async Task<Lease?> TakeAsync(string name, Guid me, CancellationToken ct) => (await database.ChangeAsync(
        db => db.Database.SqlQueryRaw<Lease>(_sql.Take, name, settings.KeyOf(me)).ToListAsync(ct), ct))
        .SingleOrDefault();

    /// <summary>Moves the mark, and holds the lease for its whole time from now on; false: it is lost.</summary>
    public async Task<bool> SaveAsync(string name, long epoch, long mark, CancellationToken ct) =>
        await database.ChangeAsync(
            db => db.Database.ExecuteSqlRawAsync(_sql.Save, [name, epoch, mark], ct), ct) > 0;

    /// <summary>Moves the mark, and lets any instance take it at once.</summary>
    public Task ReleaseAsync(string name, long epoch, long mark, CancellationToken ct) => database.ChangeAsync(
        db => db.Database.ExecuteSqlRawAsync(ObserverSql.Release, [name, epoch, mark], ct), ct);

    /// <summary>Moves marks that lie behind the end of the log to the end.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> CutAsync(long end, CancellationToken ct) => database.ChangeAsync(
        db => db.Set<ObserverRow>().Where(o => o.Mark > end)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Mark, end), ct), ct);

    /// <summary>All that the database knows.</summary>
    public Task<List<ObserverRow>> ListAsync(CancellationToken ct) => database.RunAsync(
        db => db.Set<ObserverRow>().AsNoTracking().OrderBy(o => o.Name).ToListAsync(ct), ct);
}
