using Chat.Contracts.Errors;
using Chat.Server.FanOut;

namespace Chat.Server.Transports.WebSockets;

/// <summary>When the server stops, every raw socket is told so with 1001 before its connection goes.</summary>
internal sealed class RawSocketShutdown(RawSessions sessions, BackgroundWork background, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <summary>Long enough for any peer that listens to answer, short enough to leave the rest of the shutdown its time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server waits for open requests when it stops, and sockets are open requests: close them first.
        lifetime.ApplicationStopping.Register(() =>
            background.Watch(sessions.CloseAllAsync(CloseReason.GoingAway, "the server is shutting down", Grace, background.Stopping)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
