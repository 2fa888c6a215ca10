using Chat.Contracts.Errors;

namespace Chat.Server.Connections;

/// <summary>Ends the connections whose token has expired: one timer for all of them.</summary>
internal sealed class ConnectionExpiry(ConnectionRegistry connections, ConnectionEnding ending, TimeProvider time)
    : BackgroundService
{
    /// <summary>So much later than its token a connection ends at most.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
            if (connections.AnyExpires) EndExpired(time.GetUtcNow());
    }

    private void EndExpired(DateTimeOffset now)
    {
        foreach (var connection in connections.All)
            if (connection.Caller.ExpiresAt <= now) ending.End(connection, ChatErrorCode.TokenExpired);
    }
}
