using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Chat.Server.Persistence;

/// <summary>Brings the database to the schema of this version. Safe when several instances start at once: one migrates,
/// the others wait.</summary>
internal sealed partial class DatabaseMigrator(
    ChatDatabase database, IMigrations migrations, IOptions<PersistenceOptions> options, TimeProvider time,
        ILogger<DatabaseMigrator> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>Time for those who waited behind the migration. With the second that it waits for a table, the attempts
    /// take about ten minutes.</summary>
    private static readonly TimeSpan LockedDelay = TimeSpan.FromSeconds(2);

    private const int LockedAttempts = 200;

    /// <summary>Applies what is missing; waits a bounded time for a database that is not up yet.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        // Nearly every start ends here. What waits and tries again is made for the others.
        if (await IsKnownDoneAsync(ct)) return;
        await WaitingForDatabase().ExecuteAsync(
            async token =>
            {
                if (await IsDoneAsync(token)) return;
                await database.RunAsync(context => MigrateOnceAsync(context, token), token);
                // No longer under the lock: who waits for it would be waited for here.
                await migrations.FinishAsync(token);
            }, ct);
    }

    private async Task<bool> IsKnownDoneAsync(CancellationToken ct)
    {
        try
        {
            return await IsDoneAsync(ct);
        }
        catch (Exception e) when (IsNotUpYet(e) || e is StoreException { Failure: StoreFailure.Locked })
        {
            return false;
        }
    }

    private async Task<bool> IsDoneAsync(CancellationToken ct)
    {
        var isDone = await migrations.IsDoneAsync(ct);
        if (isDone) Log.UpToDate(logger);
        return isDone;
    }

    private async Task<int> MigrateOnceAsync(ChatDbContext context, CancellationToken ct)
    {
        await using var held = await migrations.LockAsync(context, ct);
        var pending = (await context.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count == 0)
        {
            Log.UpToDate(logger);
            return 0;
        }
        // A change of a large table takes what it takes: cut off, it would begin again at every start.
        if (context.Database.IsNpgsql()) context.Database.SetCommandTimeout(0);
        await context.Database.MigrateAsync(ct);
        Log.Migrated(logger, pending.Count, pending[^1]);
        return pending.Count;
    }

    private ResiliencePipeline WaitingForDatabase() => new ResiliencePipelineBuilder { TimeProvider = time }
        // What is changed is read and written meanwhile, so nobody is made to wait for long: rather it is tried again.
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<StoreException>(e => e.Failure == StoreFailure.Locked),
            MaxRetryAttempts = LockedAttempts,
            Delay = LockedDelay,
            OnRetry = retry =>
            {
                if (retry.AttemptNumber == 0) Log.Locked(logger);
                return default;
            },
        })
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(IsNotUpYet),
            MaxRetryAttempts = Math.Max(1, (int)(options.Value.StartupWaitSeconds / RetryDelay.TotalSeconds)),
            Delay = options.Value.StartupWaitSeconds == 0 ? TimeSpan.Zero : RetryDelay,
            OnRetry = retry =>
            {
                if (retry.AttemptNumber == 0) Log.Waiting(logger, options.Value.StartupWaitSeconds,
                    retry.Outcome.Exception?.InnerException?.Message ?? "");
                return default;
            },
        })
        .Build();

    private static bool IsNotUpYet(Exception exception)
    {
        if (exception is StoreException { Failure: StoreFailure.Locked }) return false;
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            if (cause is SocketException || cause is NpgsqlException { IsTransient: true }) return true;
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Information, "The database is up to date")]
        public static partial void UpToDate(ILogger logger);

        [LoggerMessage(2001, LogLevel.Information, "Applied {Count} migration(s) to the database; it is at {Newest}")]
        public static partial void Migrated(ILogger logger, int count, string newest);

        [LoggerMessage(2004, LogLevel.Warning,
            "A table that the migration changes is held by another transaction; trying again until it is free")]
        public static partial void Locked(ILogger logger);

        [LoggerMessage(2002, LogLevel.Warning,
            "The database is not available; waiting up to {Seconds} s for it: {Reason}")]
        public static partial void Waiting(ILogger logger, int seconds, string reason);
    }
}
