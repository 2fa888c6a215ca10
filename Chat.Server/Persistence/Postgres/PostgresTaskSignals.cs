using Chat.Server.Persistence.Tasks;
using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>NOTIFY and LISTEN.</summary>
internal sealed class PostgresTaskSignals(PostgresConnections connections) : ITaskSignals
{
    public async Task SendAsync(CancellationToken ct)
    {
        try
        {
            await using var command = connections.Reads.CreateCommand("notify chat_tasks");
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    public async Task ListenAsync(Action heard, CancellationToken ct)
    {
        try
        {
            await using var connection = await connections.Reads.OpenConnectionAsync(ct);
            connection.Notification += (_, _) => heard();
            await using (var listen = new NpgsqlCommand("listen chat_tasks", connection)) await listen.ExecuteNonQueryAsync(ct);
            try
            {
                while (true) await connection.WaitAsync(ct);
            }
            finally
            {
                // Connections go back to the pool as they are: this one must not keep listening there.
                NpgsqlConnection.ClearPool(connection);
            }
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }
}
