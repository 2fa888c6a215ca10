using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;

namespace Chat.Server.Revocations.Store;

/// <summary>Reads revocations by number, on a session of its own and on its caller's thread: what is stuck elsewhere,
/// the pools or the thread pool, does not hold it up.</summary>
internal sealed class PostgresRevocations(DatabaseSettings settings, DatabaseClock clock) : IDisposable
{
    /// <summary>As many are read at once.</summary>
    public const int Page = 10_000;

    private const int Bound = 2; // seconds

    /// <summary>A reading does not take longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2 * Bound);

    private const string Clock = "select clock_timestamp(), pg_is_in_recovery()";

    private static readonly string After = "select number, tenant, user_id, session, not_before, expires "
        + $"from revocations where number > $1 order by number limit {Page}";

    private readonly NpgsqlParameter<long> _after = new();
    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _batch;

    /// <summary>Those with a larger number, in their order, <see cref="Page"/> at most.</summary>
    /// <exception cref="StoreException">They cannot be read now. The next call begins with a new session.</exception>
    public List<Revocation> Read(long after)
    {
        try
        {
            if (_batch is null) Open();
            _after.TypedValue = after;
            var asked = clock.GetTimestamp();
            using var reader = _batch!.ExecuteReader();
            reader.Read();
            clock.Read(new DateTimeOffset(reader.GetDateTime(0)), asked);
            if (reader.GetBoolean(1)) // what it has may be old
                throw new StoreException(StoreFailure.Unavailable, "the database is a standby");
            reader.NextResult();
            var found = new List<Revocation>();
            while (reader.Read()) found.Add(ReadOne(reader));
            return found;
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            Dispose();
            throw failure;
        }
    }

    public void Dispose()
    {
        try
        {
            _batch?.Dispose();
            _connection?.Dispose();
        }
        catch (Exception e) when (DatabaseFailures.ToStoreException(e) is not null)
        {
            // NOTE: the network is gone, or the session was in use.
        }
        (_batch, _connection) = (null, null);
    }

    /// <summary>A time that is stored in microseconds; null where there is none.</summary>
    public static DateTimeOffset? TimeOf(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Microseconds.FromUnix(reader.GetInt64(column));

    private void Open()
    {
        var options = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false, Timeout = Bound, CommandTimeout = Bound, CancellationTimeout = 500,
            ApplicationName = "chat revocations", Enlist = false,
        };
        PostgresPools.KeepAlive(options);
        if (options.Host?.Contains(',', StringComparison.Ordinal) == true && options.TargetSessionAttributes is null)
            options.TargetSessionAttributes = "read-write";
        _connection = new NpgsqlConnection(options.ConnectionString);
        _connection.Open();
        _batch = new NpgsqlBatch(_connection)
        {
            Timeout = Bound,
            BatchCommands =
            {
                new NpgsqlBatchCommand(Clock), new NpgsqlBatchCommand(After) { Parameters = { _after } },
            },
        };
        _batch.Prepare();
    }

    private static UserId UserOf(string text) => text.Length == 0 ? default : UserId.Stored(text);

    private static Revocation ReadOne(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), new UserKey(Tenant.Parse(reader.GetString(1)), UserOf(reader.GetString(2))),
        reader.IsDBNull(3) ? null : reader.GetString(3), TimeOf(reader, 4), TimeOf(reader, 5));
}
