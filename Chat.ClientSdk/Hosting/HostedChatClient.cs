using Microsoft.Extensions.Hosting;

namespace Chat.ClientSdk.Hosting;

/// <summary>Starts and stops the client with the host. Creating it checks the options.</summary>
internal sealed class HostedChatClient(ChatClient client, bool start) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        start ? client.StartAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => client.StopAsync(cancellationToken);
}
