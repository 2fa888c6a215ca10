using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>Gives each connection a protocol object of its own: SignalR asks once per connection.</summary>
internal sealed class WatchedHubProtocols(IHubProtocolResolver inner) : IHubProtocolResolver
{
    public IReadOnlyList<IHubProtocol> AllProtocols => inner.AllProtocols;

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        inner.GetProtocol(protocolName, supportedProtocols) is { } shared ? new WatchedHubProtocol(shared) : null;
}
