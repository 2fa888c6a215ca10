using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;

namespace Chat.Server.Observers.Store;

/// <summary>NOTIFY and LISTEN, of a transaction of its own: within that of an append it would make commits wait for
/// each other.</summary>
internal sealed class PostgresObserverSignals(PostgresConnections connections, DatabaseSettings settings)
    : IObserverSignals
{
    /// <summary>A ring may be lost, so nothing waits for the disk.</summary>
    private readonly string _send =
        $"select set_config('synchronous_commit', 'off', true), pg_notify('{settings.Channel(Channel)}', '')";

    private readonly string _listen = $"listen {settings.Channel(Channel)}";

    private const string Channel = "chat_observers";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public Task SendAsync(CancellationToken ct) => connections.ReadAsync(async connection =>
    {
        await using var command = new NpgsqlCommand(_send, connection);
        await command.ExecuteScalarAsync(ct);
        return true;
    }, ct);

    public Task ListenAsync(Action heard, CancellationToken ct) =>
        PostgresConnections.RunAsync<bool>(connections.Reads, async connection =>
    {
        connection.Notification += (_, _) => heard();
        await using (var listen = new NpgsqlCommand(_listen, connection))
            await listen.ExecuteNonQueryAsync(ct);
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
