using Chat.Server.FanOut;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Raw sockets that are still open when the host stops (there was no drain, or no time for all of it) are told so with 1001 before their connections go.</summary>
internal sealed class RawSocketShutdown(RawSessions sessions, BackgroundWork background, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server waits for open requests when it stops, and sockets are open requests: close them first.
        lifetime.ApplicationStopping.Register(() =>
            background.Watch(Task.WhenAll(sessions.Connections.Select(connection => connection.LeaveAsync(grace: TimeSpan.Zero, background.Stopping)))));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
