using Chat.Contracts.Errors;
using Chat.Server.FanOut;

namespace Chat.Server.Connections;

/// <summary>Ends the connections whose token has expired: one timer for all of them.</summary>
internal sealed class ConnectionExpiry(ConnectionRegistry connections, BackgroundWork background, TimeProvider time)
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
            if (connection.Caller.ExpiresAt <= now && connection.TryExpire())
                background.Watch(connection.EndAsync(
                    CloseReason.TokenExpired, ChatErrorCodes.TokenExpired, background.Stopping));
    }
}
