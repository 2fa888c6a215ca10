using Chat.Server.Concurrency;
using Chat.Server.Persistence.Deployments;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The connections to PostgreSQL: a few that commit, fewer that commit quietly, and the rest.</summary>
internal sealed class PostgresConnections : ISessionTurns, IAsyncDisposable
{
    /// <summary>To ask whether a session is there takes no longer than this.</summary>
    private const int AskSeconds = 5;

    private const string Clock = "select clock_timestamp()";

    private readonly DatabaseClock _clock;
    private readonly Turns _reading;
    private readonly PostgresPooler _pooler;
    private readonly NpgsqlDataSource? _quiet;
    private readonly int _commits, _quietly, _reads; // how many there may be

    public PostgresConnections(
        DatabaseSettings settings, IOptions<PersistenceOptions> options, DatabaseClock clock)
    {
        _clock = clock;
        ApplicationName = $"chat {Guid.NewGuid():N} {Deployment.Level}";
        _pooler = new PostgresPooler(settings.ConnectionString);
        var pools = new PostgresPools(settings.ConnectionString, options.Value);
        (_commits, _quietly, _reads) = (pools.Commits, pools.Quiet, pools.Reads);
        // Two of them listen all the time: for tasks, and for observers.
        _reading = new Turns(Math.Max(1, _reads - 2), options.Value.TurnBound, clock);
        Commits = pools.BuildCommits(ApplicationName, InitializeAsync);
        Reads = pools.BuildReads(ApplicationName, InitializeAsync);
        if (_quietly > 0) _quiet = pools.BuildQuiet(ApplicationName, InitializeAsync);
    }

    /// <summary>Names this process's connections in <c>pg_stat_activity</c>; no other process uses it. It ends in the
    /// level of this version.</summary>
    public string ApplicationName { get; }

    public NpgsqlDataSource Commits { get; }

    public NpgsqlDataSource Reads { get; }

    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        await Reads.DisposeAsync();
        if (_quiet is not null) await _quiet.DisposeAsync();
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

    /// <summary>Runs work that commits, again where it meets somebody else's: see
    /// <see cref="PostgresConflicts"/>.</summary>
    public Task<T> CommitAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) =>
        PostgresConflicts.RunAsync(() => CommitOnceAsync(work, ct));

    /// <summary>Runs work that commits. When its session is lost before it has said how it ended, that is <see
    /// cref="StoreFailure.InDoubt"/>.</summary>
    /// <param name="work">Commits.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <param name="quietly">On a connection that nobody who sends waits for.</param>
    public Task<T> CommitOnceAsync<T>(
        Func<NpgsqlConnection, Task<T>> work, CancellationToken ct, bool quietly = false) =>
        RunAsync(quietly && _quiet is not null ? _quiet : Commits, connection => WatchAsync(connection, work), ct);

    /// <summary>Runs work that reads, when its turn has come: many at once wait, and none is refused for it.</summary>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) =>
        ReadAsync(() => RunAsync(Reads, work, ct), ct);

    /// <inheritdoc />
    public Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken ct) =>
        PostgresConflicts.RunAsync(() => InTurnAsync(work, ct));

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken ct)
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
        _quiet?.Clear();
    }

    /// <summary>Asks all sessions that nobody uses for the time, which the clock takes. Those of a pool are let go when
    /// one of them does not answer.</summary>
    /// <remarks>Not Npgsql's own <c>Keepalive</c>: it blocks a thread of the pool for each session that does not
    /// answer, as long as a statement may take. A pool gives out what was idle longest, so as many questions as it has
    /// sessions reach all of them.</remarks>
    public Task AskAllAsync(CancellationToken ct)
    {
        return Task.WhenAll(
            RepeatAsync(_commits, () => RunAsync(Commits, connection => AskAsync(connection, ct), ct)),
            RepeatAsync(_quietly, () => RunAsync(_quiet!, connection => AskAsync(connection, ct), ct)),
            RepeatAsync(_reads, () => ReadAsync(connection => AskAsync(connection, ct), ct)));

        static async Task RepeatAsync(int count, Func<Task> ask)
        {
            for (var i = 0; i < count; i++) await ask();
        }
    }

    /// <summary>Asks a session for the time, which the clock takes.</summary>
    public async Task<bool> AskAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var asked = _clock.GetTimestamp();
        await using var command = new NpgsqlCommand(Clock, connection);
        command.CommandTimeout = Math.Min(AskSeconds, command.CommandTimeout);
        Note(await command.ExecuteScalarAsync(ct), asked);
        return true;
    }

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

    private async Task InitializeAsync(NpgsqlConnection connection)
    {
        await AskAsync(connection, CancellationToken.None);
        await _pooler.CheckAsync(connection);
    }

    private void Note(object? answer, long asked)
    {
        if (answer is DateTime time) _clock.Read(new DateTimeOffset(time), asked);
    }
}
