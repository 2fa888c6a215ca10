using Chat.Server.Connections;
using Chat.Server.FanOut;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Tells raw sockets that are still open when the host stops so, with 1001, before their connections
/// go.</summary>
/// <remarks>There are such when there was no drain, or no time for all of it. Hub connections are SignalR's to end,
/// polls end by themselves.</remarks>
internal sealed class RawSocketShutdown(
    ConnectionRegistry connections, BackgroundWork background, IHostApplicationLifetime lifetime)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server waits for open connections when it stops: sockets are closed first.
        lifetime.ApplicationStopping.Register(() => background.Watch(Task.WhenAll(
            connections.All.OfType<RawSocketConnection>()
                .Select(socket => socket.LeaveAsync(grace: TimeSpan.Zero, background.Stopping)))));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
