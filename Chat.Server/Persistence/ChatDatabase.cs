using Chat.Server.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Server.Persistence;

/// <summary>Runs work on a fresh context and turns the providers' exceptions into
/// <see cref="StoreException"/>.</summary>
internal sealed class ChatDatabase(
    IDbContextFactory<ChatDbContext> contexts, ISessionTurns turns, TimeProvider time)
{
    /// <summary>Runs work that only reads.</summary>
    public async Task<T> RunAsync<T>(Func<ChatDbContext, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await turns.ReadAsync(() => OnContextAsync(work, ct), ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Runs work that changes something. Where it meets somebody else's change it is run again, from its
    /// beginning, on a context of its own: see <see cref="ISessionTurns"/>. Where its session is lost before the
    /// database has said how it ended, that is <see cref="StoreFailure.InDoubt"/>.</summary>
    public async Task<T> ChangeAsync<T>(Func<ChatDbContext, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await turns.WriteAsync(() => OnContextAsync(db => WatchAsync(db, work, ct), ct), ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The same, for a change that may be made twice: see <see cref="KnownOutcome"/>.</summary>
    public Task<T> ChangeUntilKnownAsync<T>(Func<ChatDbContext, Task<T>> work, CancellationToken ct) =>
        KnownOutcome.OfAsync(() => ChangeAsync(work, ct), time, ct);

    /// <summary>Deletes or updates many rows in steps, each a change of its own: so nobody is held up.</summary>
    /// <param name="step">Takes the most rows that it may change, and returns how many it changed.</param>
    /// <param name="ct">Ends it between two steps.</param>
    public async Task DeleteInStepsAsync(Func<ChatDbContext, int, Task<int>> step, CancellationToken ct)
    {
        const int most = 5_000;
        while (await ChangeAsync(db => step(db, most), ct) == most) { }
    }

    /// <summary>Saves; false when a unique index shows that another one was faster.</summary>
    public static async Task<bool> TrySaveAsync(ChatDbContext context, CancellationToken ct)
    {
        try
        {
            await context.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException exception) when (DatabaseFailures.IsUniqueViolation(exception))
        {
            context.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task<T> OnContextAsync<T>(Func<ChatDbContext, Task<T>> work, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await work(context);
    }

    private static async Task<T> WatchAsync<T>(
        ChatDbContext context, Func<ChatDbContext, Task<T>> work, CancellationToken ct)
    {
        await context.Database.OpenConnectionAsync(ct); // first: what fails until here has changed nothing
        try
        {
            return await work(context);
        }
        catch (Exception exception) when (context.Database.GetDbConnection() is NpgsqlConnection connection
            && PostgresFailures.IsInDoubt(exception, connection))
        {
            throw new StoreException(StoreFailure.InDoubt, "the connection to the database was lost during a change",
                exception);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }
}
