namespace Chat.Server.Hosting.Health;

/// <summary>Fails from the moment the process is asked to stop, so that a load balancer looks elsewhere while it drains.</summary>
internal sealed class NotShuttingDown(IHostApplicationLifetime lifetime) : IReadinessCheck
{
    public string Name => "server";

    public ValueTask<string?> CheckAsync(CancellationToken ct) =>
        ValueTask.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? "shutting down" : null);
}
