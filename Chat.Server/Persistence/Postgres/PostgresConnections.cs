using System.Data.Common;
using Chat.Server.Concurrency;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The connections to PostgreSQL: a few that commit, and the rest.</summary>
internal sealed class PostgresConnections : ISessionTurns, IAsyncDisposable
{
    private const int ConnectTimeoutSeconds = 5;
    private const int PreparedStatements = 64;

    /// <summary>An idle connection is asked so often whether it is still there: a firewall may have dropped it
    /// silently.</summary>
    private const int KeepAliveSeconds = 15;

    private readonly DatabaseClock _clock;
    private readonly Turns _reading;
    private readonly PostgresPooler _pooler;

    public PostgresConnections(
        DatabaseSettings settings, IOptions<PersistenceOptions> options, DatabaseClock clock)
    {
        _clock = clock;
        ApplicationName = $"chat {Guid.NewGuid():N}";
        _pooler = new PostgresPooler(settings.ConnectionString);
        var (commits, reads) = SizesOf(settings.ConnectionString, options.Value);
        Commits = Build(settings.ConnectionString, options.Value, commits, CommitSettings);
        // One of them listens all the time.
        _reading = new Turns(Math.Max(1, reads - 1), options.Value.TurnBound, clock);
        Reads = Build(settings.ConnectionString, options.Value, reads, SessionSettings);
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

    /// <summary>The server's process that serves the session.</summary>
    public int ProcessOf(NpgsqlConnection connection) => _pooler.ProcessOf(connection);

    /// <summary>Runs the work on a connection of the pool. What fails is a <see cref="StoreException"/>.</summary>
    public static async Task<T> RunAsync<T>(NpgsqlDataSource pool, Func<NpgsqlConnection, Task<T>> work,
        CancellationToken ct)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(ct);
            try
            {
                return await work(connection);
            }
            catch (Exception exception) when (PostgresFailures.IsInDoubt(exception, connection))
            {
                pool.Clear(); // what cut this session may have cut the others, and not told them
                throw;
            }
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

    /// <summary>Runs work that reads, when its turn has come: many at once wait, and none is refused for it.</summary>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) =>
        ReadAsync(() => RunAsync(Reads, work, ct), ct);

    /// <inheritdoc />
    public async Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _reading.TakeAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc />
    public Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken ct) => ReadAsync(work, ct);

    /// <summary>Null when the schema can be queried and what is sent could be stored; else what is wrong. On a standby,
    /// on a primary that was demoted, and on one that is set to be read-only, the sessions are let go: new ones may be
    /// no longer so.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        // On a connection that commits: however many read, one of those is soon free.
        var (answers, takesWrites) = await RunAsync(Commits, async connection =>
        {
            await using var command = new NpgsqlCommand(PostgresSql.Ping, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? (reader.GetBoolean(0), reader.GetString(1) == "off") : default;
        }, ct);
        if (!answers) return DatabasePing.Unreachable;
        if (takesWrites) return null;
        Clear();
        return DatabasePing.ReadOnly;
    }

    /// <summary>Lets go of all sessions that nobody uses, and of the others when they are given back.</summary>
    public void Clear()
    {
        Commits.Clear();
        Reads.Clear();
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

    private NpgsqlDataSource Build(
        string connectionString, PersistenceOptions options, int connections, string sessionSettings)
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
        builder.UsePhysicalConnectionInitializer(
            connection => InitializeAsync(connection, sessionSettings).GetAwaiter().GetResult(), // nobody asks for it
            connection => InitializeAsync(connection, sessionSettings));
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
    // no statement here is worth compiling. The server asks whether we are still there, so that the locks of a host
    // that vanished go.
    private const string SessionSettings =
        "set default_transaction_isolation = 'read committed'; set enable_seqscan = off; set jit = off; "
            + "set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    // A commit that meets a lock is tried again apart from the others.
    private const string CommitSettings = SessionSettings + "; set lock_timeout = '1s'";

    private const string Clock = "select clock_timestamp()";

    private async Task InitializeAsync(NpgsqlConnection connection, string settings)
    {
        var asked = _clock.GetTimestamp();
        await using (var command = new NpgsqlCommand($"{settings}; {Clock}", connection))
            Note(await command.ExecuteScalarAsync(), asked);
        await _pooler.CheckAsync(connection);
    }

    private void Note(object? answer, long asked)
    {
        if (answer is DateTime time) _clock.Read(new DateTimeOffset(time), asked);
    }
}
