namespace Chat.Server.Revocations;

/// <summary>In open mode there are no tokens to refuse.</summary>
internal sealed class NothingRevoked : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
