using Chat.Contracts.Errors;

namespace Chat.Server.Transports.WebSockets;

/// <summary>When the server stops, every raw socket is told so with 1001 before its connection goes.</summary>
internal sealed class RawSocketShutdown(RawSessions sessions, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server waits for open requests when it stops, and sockets are open requests: close them first.
        lifetime.ApplicationStopping.Register(() => _ = sessions.CloseAllAsync(CloseReason.GoingAway, "the server is shutting down"));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
