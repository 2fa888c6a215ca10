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
    ChatDatabase database, IMigrationLock migrationLock, IOptions<PersistenceOptions> options, TimeProvider time,
        ILogger<DatabaseMigrator> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>Applies what is missing; waits a bounded time for a database that is not up yet.</summary>
    public async Task MigrateAsync(CancellationToken ct) =>
        await WaitingForDatabase().ExecuteAsync(
            async token => await database.RunAsync(context => MigrateOnceAsync(context, token), token), ct);

    private async Task<int> MigrateOnceAsync(ChatDbContext context, CancellationToken ct)
    {
        await using var held = await migrationLock.AcquireAsync(context, ct);
        var pending = (await context.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count == 0)
        {
            Log.UpToDate(logger);
            return 0;
        }
        // An index of a large table takes what it takes: cut off, it would be begun anew at every start.
        if (context.Database.IsNpgsql()) context.Database.SetCommandTimeout(0);
        await context.Database.MigrateAsync(ct);
        Log.Migrated(logger, pending.Count, pending[^1]);
        return pending.Count;
    }

    private ResiliencePipeline WaitingForDatabase() => new ResiliencePipelineBuilder { TimeProvider = time }
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

        [LoggerMessage(2002, LogLevel.Warning,
            "The database is not available; waiting up to {Seconds} s for it: {Reason}")]
        public static partial void Waiting(ILogger logger, int seconds, string reason);
    }
}
