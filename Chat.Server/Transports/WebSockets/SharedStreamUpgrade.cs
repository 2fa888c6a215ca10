using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Keeps hold of the stream that the framework's WebSocket is built on, so that blocks of ready frames can be written to it.</summary>
internal sealed class SharedStreamUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    /// <summary>The stream, once upgraded.</summary>
    public SharedWriteStream? Stream { get; private set; }

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() => Stream = new SharedWriteStream(await inner.UpgradeAsync());
}
