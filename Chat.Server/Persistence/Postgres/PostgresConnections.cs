using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The connections to PostgreSQL: a few that commit, and the rest.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const int ConnectTimeoutSeconds = 5;
    private const int PreparedStatements = 64;

    public PostgresConnections(DatabaseSettings settings, IOptions<PersistenceOptions> options)
    {
        ApplicationName = $"chat {Guid.NewGuid():N}";
        Commits = Build(settings.ConnectionString, options.Value, options.Value.CommitConnections);
        Reads = Build(settings.ConnectionString, options.Value, options.Value.ReadConnections);
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

    private NpgsqlDataSource Build(string connectionString, PersistenceOptions options, int connections)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName = ApplicationName;
        settings.MaxPoolSize = connections;
        settings.MinPoolSize = 0;
        settings.Timeout = ConnectTimeoutSeconds;
        settings.CommandTimeout = options.CommandTimeoutSeconds;
        settings.MaxAutoPrepare = PreparedStatements;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        return builder.Build();
    }

    // Prepared statements keep their plan. One made while a table was still empty must not scan it for ever after, and no statement here
    // is worth compiling.
    private const string SessionSettings = "set enable_seqscan = off; set jit = off";

    private static void Initialize(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(SessionSettings, connection);
        command.ExecuteNonQuery();
    }

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(SessionSettings, connection);
        await command.ExecuteNonQueryAsync();
    }
}
