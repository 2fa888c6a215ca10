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

    /// <summary>Where the jobs stand, those that ever were anywhere.</summary>
    public Task<Dictionary<string, long>> FindAsync(IReadOnlyCollection<string> names, CancellationToken ct) =>
        database.RunAsync(
            db => Cursors(db).AsNoTracking().Where(c => names.Contains(c.Name))
                .ToDictionaryAsync(c => c.Name, c => c.Position, StringComparer.Ordinal, ct), ct);

    /// <summary>Moves one cursor.</summary>
    public Task<bool> TryMoveAsync(
        string name, long? from, long to, Action<ChatDbContext>? effect, CancellationToken ct) =>
        TryMoveAsync([new CursorMove(name, from, to)], effect, ct);

    /// <summary>Moves cursors and does what goes with it, all or nothing.</summary>
    /// <param name="moves">Each job once.</param>
    /// <param name="effect">What is added to the transaction.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>False when another instance moved one meanwhile: nothing was done.</returns>
    public Task<bool> TryMoveAsync(
        IReadOnlyCollection<CursorMove> moves, Action<ChatDbContext>? effect, CancellationToken ct) =>
        database.ChangeAsync(
            async db =>
            {
                Move(db, moves);
                effect?.Invoke(db);
                return await TrySaveAsync(db, ct);
            }, ct);

    /// <summary>Adds moves to a transaction, which <see cref="TrySaveAsync"/> ends.</summary>
    public static void Move(ChatDbContext db, IReadOnlyCollection<CursorMove> moves)
    {
        // In one order everywhere: two instances that move the same cursors must not deadlock.
        foreach (var move in moves.OrderBy(move => move.Name, StringComparer.Ordinal))
        {
            var row = new JobCursorRow { Name = move.Name, Position = move.From ?? move.To };
            if (move.From is null) Cursors(db).Add(row);
            else Cursors(db).Attach(row).Entity.Position = move.To;
        }
    }

    /// <summary>Saves; false when another instance moved a cursor meanwhile.</summary>
    public static async Task<bool> TrySaveAsync(ChatDbContext db, CancellationToken ct)
    {
        try
        {
            return await ChatDatabase.TrySaveAsync(db, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static DbSet<JobCursorRow> Cursors(ChatDbContext db) => db.Set<JobCursorRow>();
}
