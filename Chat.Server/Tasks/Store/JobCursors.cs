using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Tasks.Store;

/// <summary>How far jobs have come. A job that moves its cursor in the transaction of its effect has that effect once,
/// however often it runs.</summary>
internal sealed class JobCursors(ChatDatabase database)
{
    /// <summary>Where the job stands; null when it never was anywhere.</summary>
    public Task<long?> FindAsync(string name, CancellationToken ct) =>
        database.RunAsync(
            db => Cursors(db).Where(c => c.Name == name).Select(c => (long?)c.Position).FirstOrDefaultAsync(ct), ct);

    /// <summary>Moves the cursor and does what goes with it, both or neither.</summary>
    /// <param name="name">The job.</param>
    /// <param name="from">Where it was found; null for nowhere.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="effect">What is added to the transaction.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>False when somebody else moved it meanwhile: nothing was done.</returns>
    public Task<bool> TryMoveAsync(
        string name, long? from, long to, Func<ChatDbContext, Task>? effect, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (from is null) Cursors(db).Add(new JobCursorRow { Name = name, Position = to });
            else if (await Cursors(db).Where(c => c.Name == name && c.Position == from)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, to), ct) == 0) return false;
            if (effect is not null) await effect(db);
            if (!await ChatDatabase.TrySaveAsync(db, ct)) return false;
            await transaction.CommitAsync(ct);
            return true;
        }, ct);

    private static DbSet<JobCursorRow> Cursors(ChatDbContext db) => db.Set<JobCursorRow>();
}
