using Chat.Server.Connections;
using Chat.Server.Hosting.Drain;

namespace Chat.Server.Hosting.Health;

/// <summary>Fails from the moment the process is asked to stop, so that a load balancer looks elsewhere while it
/// drains.</summary>
internal sealed class NotShuttingDown(DrainState drain) : IReadinessCheck
{
    public string Name => "server";

    public ValueTask<string?> CheckAsync(CancellationToken ct) =>
        ValueTask.FromResult(drain.IsAnnounced ? "shutting down" : null);
}
