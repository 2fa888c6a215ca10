using Npgsql;

namespace Chat.Server.Persistence.Postgres;

/// <summary>LISTEN, for what hears other instances.</summary>
internal static class PostgresListening
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Calls back with each signal until it is cancelled or the connection is lost, which is a
    /// <see cref="StoreException"/>. Takes a connection that reads for itself, and no turn.</summary>
    /// <param name="connections">Where the connection is from.</param>
    /// <param name="channel">The channel, as <see cref="DatabaseSettings.Channel"/> names it.</param>
    /// <param name="heard">Called with each signal.</param>
    /// <param name="ct">Ends it.</param>
    public static Task ListenAsync(
        this PostgresConnections connections, string channel, Action heard, CancellationToken ct) =>
        PostgresConnections.RunAsync<bool>(connections.Reads, async connection =>
        {
            connection.Notification += (_, _) => heard();
            await using (var listen = new NpgsqlCommand($"listen {channel}", connection))
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
