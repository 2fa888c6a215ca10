using System.Data.Common;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>How the pools of connections are set up: what the connection string says, and what is relied on.
/// </summary>
internal sealed class PostgresPools
{
    private const int ConnectTimeoutSeconds = 5;
    private const int PreparedStatements = 64;

    /// <summary>Of fewer connections none is kept for quiet commits alone.</summary>
    private const int EnoughForQuiet = 16;

    /// <summary>The system asks so often whether the other end of a quiet connection is there, and how often it asks
    /// again when nothing is answered.</summary>
    private const int TcpKeepAliveSeconds = 15, TcpKeepAliveInterval = 5;

    // Whatever the database or the role says by default: a commit sees what the holder of its lock has committed. No
    // statement here is worth compiling. The server asks whether we are still there, so that the locks of a host that
    // vanished go. What meets a lock gives its session back before it is tried again: a process that holds one must not
    // hold up what has nothing to do with it.
    private const string SessionSettings =
        "set default_transaction_isolation = 'read committed'; set jit = off; "
            + "set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; "
            + "set lock_timeout = '1s'";

    // Prepared statements keep their plan, and one made while a table was still empty must not scan it for ever after.
    // What commits finds every row by an index, and to plan it each time would be much of what it costs.
    private const string CommitSettings = SessionSettings + "; set plan_cache_mode = auto; set enable_seqscan = off";

    // All else is planned for the values at hand and the tables as they are. Its answers are small: to start other
    // processes for one would cost more than they save.
    private const string ReadSettings = SessionSettings
        + "; set plan_cache_mode = force_custom_plan; set max_parallel_workers_per_gather = 0";

    private readonly string _connectionString;
    private readonly PersistenceOptions _options;

    public PostgresPools(string connectionString, PersistenceOptions options)
    {
        (_connectionString, _options) = (connectionString, options);
        (Commits, Quiet, Reads) = Sizes();
    }

    /// <summary>How many connections may commit.</summary>
    public int Commits { get; }

    /// <summary>How many connections may commit what nobody who sends is to wait for; 0: such commits have those of
    /// all others.</summary>
    public int Quiet { get; }

    /// <summary>How many connections there may be for all else.</summary>
    public int Reads { get; }

    public NpgsqlDataSource BuildCommits(string name, Func<NpgsqlConnection, Task> use) =>
        Build(name, Commits, CommitSettings, use);

    public NpgsqlDataSource BuildQuiet(string name, Func<NpgsqlConnection, Task> use) =>
        Build(name, Quiet, CommitSettings, use);

    public NpgsqlDataSource BuildReads(string name, Func<NpgsqlConnection, Task> use) =>
        Build(name, Reads, ReadSettings, use);

    /// <summary>Has the system notice when the other end of a connection is gone.</summary>
    public static void KeepAlive(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.TcpKeepAliveTime > 0) return; // the operator's
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = TcpKeepAliveSeconds;
        settings.TcpKeepAliveInterval = TcpKeepAliveInterval;
    }

    private NpgsqlDataSource Build(string name, int connections, string sets, Func<NpgsqlConnection, Task> use)
    {
        var builder = new NpgsqlDataSourceBuilder(_connectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName = name;
        settings.MaxPoolSize = connections;
        settings.MinPoolSize = 0;
        settings.CommandTimeout = _options.CommandTimeoutSeconds;
        if (!IsGiven("Timeout")) settings.Timeout = ConnectTimeoutSeconds;
        KeepAlive(settings);
        // Of several servers the one that takes writes.
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true && settings.TargetSessionAttributes is null)
            settings.TargetSessionAttributes = "read-write";
        settings.MaxAutoPrepare = PreparedStatements;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        builder.UsePhysicalConnectionInitializer(
            connection => InitializeAsync(connection).GetAwaiter().GetResult(), // nobody asks for it
            InitializeAsync);
        return builder.Build();

        async Task InitializeAsync(NpgsqlConnection connection)
        {
            await using (var command = new NpgsqlCommand(sets, connection)) await command.ExecuteNonQueryAsync();
            await use(connection);
        }
    }

    /// <summary>A size in the connection string is that of all together.</summary>
    private (int Commits, int Quiet, int Reads) Sizes()
    {
        if (!IsGiven("Maximum Pool Size"))
            return (_options.CommitConnections, QuietBeside(_options.CommitConnections), _options.ReadConnections);
        var size = new NpgsqlConnectionStringBuilder(_connectionString).MaxPoolSize;
        var commits = Math.Clamp(size / 2, 1, _options.CommitConnections);
        var quiet = size < EnoughForQuiet ? 0 : QuietBeside(commits);
        return (commits, quiet, Math.Max(1, size - commits - quiet));
    }

    private static int QuietBeside(int commits) => (commits + 1) / 2;

    private bool IsGiven(string keyword) =>
        new DbConnectionStringBuilder { ConnectionString = _connectionString }.ContainsKey(keyword);
}
