using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;

namespace Chat.Server.Tasks.Store;

/// <summary>NOTIFY and LISTEN.</summary>
internal sealed class PostgresTaskSignals(PostgresConnections connections, DatabaseSettings settings) : ITaskSignals
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private readonly string _channel = settings.Channel("chat_tasks");

    public Task SendAsync(CancellationToken ct) => PostgresConnections.RunAsync(connections.Reads, async connection =>
    {
        await using var command = new NpgsqlCommand($"notify {_channel}", connection);
        return await command.ExecuteNonQueryAsync(ct);
    }, ct);

    public Task ListenAsync(Action heard, CancellationToken ct) =>
        PostgresConnections.RunAsync<bool>(connections.Reads, async connection =>
    {
        connection.Notification += (_, _) => heard();
        await using (var listen = new NpgsqlCommand($"listen {_channel}",
            connection)) await listen.ExecuteNonQueryAsync(ct);
        try
        {
            // What is quiet may be gone: nobody is told.
            while (true)
                if (!await connection.WaitAsync(Quiet, ct)) await connections.AskAsync(connection, ct);
        }
        finally
        {
            // Connections go back to the pool as they are: this one must not keep listening there.
            NpgsqlConnection.ClearPool(connection);
        }
    }, ct);
}
