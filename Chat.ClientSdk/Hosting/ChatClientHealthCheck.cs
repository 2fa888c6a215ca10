using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chat.ClientSdk.Hosting;

/// <summary>Reports whether the client is connected to the server.</summary>
internal sealed class ChatClientHealthCheck(ChatClient client) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var change = client.LastChange;
        return Task.FromResult(change.State switch
        {
            ConnectionState.Connected => HealthCheckResult.Healthy("Connected."),
            ConnectionState.Connecting => HealthCheckResult.Degraded("Connecting for the first time.", change.Reason),
            ConnectionState.Reconnecting =>
                HealthCheckResult.Degraded("The connection was lost and is being made again.", change.Reason),
            ConnectionState.Failed => HealthCheckResult.Unhealthy("The connection was given up.", change.Reason),
            _ => HealthCheckResult.Unhealthy("The client is not started."),
        });
    }
}
