using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.Framing;

/// <summary>Keeps hold of the stream that the framework's WebSocket is built on, so that blocks of ready frames can be
/// written to it.</summary>
/// <param name="inner">The web server's own.</param>
/// <param name="leaveOpen">See <see cref="SharedWriteStream.LeaveOpen"/>.</param>
internal sealed class SharedStreamUpgrade(IHttpUpgradeFeature inner, bool leaveOpen) : IHttpUpgradeFeature
{
    private SharedWriteStream? _stream;

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync() =>
        _stream = new SharedWriteStream(await inner.UpgradeAsync()) { LeaveOpen = leaveOpen };

    /// <summary>The stream of a request that was upgraded to a WebSocket; null for any other.</summary>
    public static SharedWriteStream? StreamOf(HttpContext http) =>
        (http.Features.Get<IHttpUpgradeFeature>() as SharedStreamUpgrade)?._stream;
}
