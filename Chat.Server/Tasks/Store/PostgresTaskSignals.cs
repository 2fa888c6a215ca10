using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;

namespace Chat.Server.Tasks.Store;

/// <summary>NOTIFY and LISTEN.</summary>
internal sealed class PostgresTaskSignals(PostgresConnections connections, DatabaseSettings settings) : ITaskSignals
{
    private readonly string _channel = settings.Channel("chat_tasks");

    public Task SendAsync(CancellationToken ct) => PostgresConnections.RunAsync(connections.Reads, async connection =>
    {
        await using var command = new NpgsqlCommand($"notify {_channel}", connection);
        return await command.ExecuteNonQueryAsync(ct);
    }, ct);

    public Task ListenAsync(Action heard, CancellationToken ct) => connections.ListenAsync(_channel, heard, ct);
}
