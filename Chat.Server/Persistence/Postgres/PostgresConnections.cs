using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The connections to PostgreSQL: a few that commit, and the rest.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const int ConnectTimeoutSeconds = 5;
    private const int PreparedStatements = 64;

    /// <summary>An idle connection is asked so often whether it is still there: a firewall may have dropped it
    /// silently.</summary>
    private const int KeepAliveSeconds = 15;

    private readonly DatabaseClock _clock;

    public PostgresConnections(
        DatabaseSettings settings, IOptions<PersistenceOptions> options, DatabaseClock clock)
    {
        _clock = clock;
        ApplicationName = $"chat {Guid.NewGuid():N}";
        var (commits, reads) = SizesOf(settings.ConnectionString, options.Value);
        Commits = Build(settings.ConnectionString, options.Value, commits);
        Reads = Build(settings.ConnectionString, options.Value, reads);
    }

    /// <summary>Names this process's connections in <c>pg_stat_activity</c>; no other process uses it.</summary>
    public string ApplicationName { get; }

    public NpgsqlDataSource Commits { get; }

    public NpgsqlDataSource Reads { get; }

    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        await Reads.DisposeAsync();
    }

    /// <summary>Runs the work on a connection of the pool. What fails is a <see cref="StoreException"/>.</summary>
    public static async Task<T> RunAsync<T>(NpgsqlDataSource pool, Func<NpgsqlConnection, Task<T>> work,
        CancellationToken ct)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(ct);
            return await work(connection);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            if (PostgresFailures.IsOfServer(exception)) pool.Clear();
            throw failure;
        }
    }

    /// <summary>Runs work that commits. When its session is lost before it has said how it ended, that is <see
    /// cref="StoreFailure.InDoubt"/>.</summary>
    public Task<T> CommitAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) =>
        RunAsync(Commits, connection => WatchAsync(connection, work), ct);

    /// <summary>False on a standby, on a primary that was demoted, and on one that is set to be read-only. Then the
    /// sessions are let go: new ones may be no longer so.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task<bool> TakesWritesAsync(CancellationToken ct)
    {
        var takes = await RunAsync(Reads, async connection =>
        {
            await using var command = new NpgsqlCommand("select current_setting('transaction_read_only')", connection);
            return await command.ExecuteScalarAsync(ct) is "off";
        }, ct);
        if (!takes) Reads.Clear();
        return takes;
    }

    /// <summary>Compares the clock with the database's. Each new connection does so too, before it is used.</summary>
    public Task ReadClockAsync(CancellationToken ct) => RunAsync(Reads, async connection =>
    {
        var asked = _clock.GetTimestamp();
        await using var command = new NpgsqlCommand(Clock, connection);
        Note(await command.ExecuteScalarAsync(ct), asked);
        return true;
    }, ct);

    private static async Task<T> WatchAsync<T>(NpgsqlConnection connection, Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            return await work(connection);
        }
        catch (Exception exception) when (PostgresFailures.IsInDoubt(exception, connection))
        {
            throw new StoreException(StoreFailure.InDoubt, "the connection to the database was lost during a commit",
                exception);
        }
    }

    private NpgsqlDataSource Build(string connectionString, PersistenceOptions options, int connections)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var settings = builder.ConnectionStringBuilder;
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        settings.ApplicationName = ApplicationName;
        settings.MaxPoolSize = connections;
        settings.MinPoolSize = 0;
        settings.CommandTimeout = options.CommandTimeoutSeconds;
        if (!given.ContainsKey("Timeout")) settings.Timeout = ConnectTimeoutSeconds;
        if (!given.ContainsKey("Keepalive")) settings.KeepAlive = KeepAliveSeconds;
        // Of several servers the one that takes writes.
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true && settings.TargetSessionAttributes is null)
            settings.TargetSessionAttributes = "read-write";
        settings.MaxAutoPrepare = PreparedStatements;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        return builder.Build();
    }

    /// <summary>How many connections each pool has. A size in the connection string is that of both together.</summary>
    private static (int Commits, int Reads) SizesOf(string connectionString, PersistenceOptions options)
    {
        if (!new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Maximum Pool Size"))
            return (options.CommitConnections, options.ReadConnections);
        var size = new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize;
        var commits = Math.Clamp(size / 2, 1, options.CommitConnections);
        return (commits, Math.Max(1, size - commits));
    }

    // Whatever the database or the role says by default: a commit sees what the holder of its lock has committed.
    // Prepared statements keep their plan. One made while a table was still empty must not scan it for ever after, and
    // no statement here is worth compiling.
    private const string SessionSettings =
        "set default_transaction_isolation = 'read committed'; set enable_seqscan = off; set jit = off";

    private const string Clock = "select clock_timestamp()";

    private void Initialize(NpgsqlConnection connection)
    {
        var asked = _clock.GetTimestamp();
        using var command = new NpgsqlCommand($"{SessionSettings}; {Clock}", connection);
        Note(command.ExecuteScalar(), asked);
    }

    private async Task InitializeAsync(NpgsqlConnection connection)
    {
        var asked = _clock.GetTimestamp();
        await using var command = new NpgsqlCommand($"{SessionSettings}; {Clock}", connection);
        Note(await command.ExecuteScalarAsync(), asked);
    }

    private void Note(object? answer, long asked)
    {
        if (answer is DateTime time) _clock.Read(new DateTimeOffset(time), asked);
    }
}
