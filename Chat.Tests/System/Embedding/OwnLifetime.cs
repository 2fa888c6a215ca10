using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Embedding;

/// <summary>A lifetime that an application has chosen.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
