using Chat.Server.Persistence;
using Chat.Server.Persistence.Postgres;
using Npgsql;

namespace Chat.Server.Observers.Store;

/// <summary>NOTIFY and LISTEN. Each NOTIFY is a transaction of its own: within that of an append it would make commits
/// wait for each other.</summary>
internal sealed class PostgresObserverSignals(PostgresConnections connections, DatabaseSettings settings)
    : IObserverSignals
{
    private readonly string _channel = settings.Channel("chat_observers");

    public Task SendAsync(CancellationToken ct) => connections.ReadAsync(async connection =>
    {
        // A ring may be lost, so nothing waits for the disk.
        await using var command = new NpgsqlCommand(
            $"select set_config('synchronous_commit', 'off', true), pg_notify('{_channel}', '')", connection);
        await command.ExecuteScalarAsync(ct);
        return true;
    }, ct);

    public Task ListenAsync(Action heard, CancellationToken ct) => connections.ListenAsync(_channel, heard, ct);
}
