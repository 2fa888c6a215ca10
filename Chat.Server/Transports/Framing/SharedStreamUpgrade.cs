using Chat.Server.Sockets;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.Framing;

/// <summary>Keeps hold of the stream that the framework's WebSocket is built on, so that blocks of ready frames can be
/// written to it: of an upgrade over HTTP/1.1, and of an extended CONNECT over HTTP/2 (RFC 8441).</summary>
/// <param name="http">The request.</param>
/// <param name="leaveOpen">See <see cref="SharedWriteStream.LeaveOpen"/>.</param>
internal sealed class SharedStreamUpgrade(HttpContext http, bool leaveOpen)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly IHttpUpgradeFeature? _upgrade = http.Features.Get<IHttpUpgradeFeature>();
    private readonly IHttpExtendedConnectFeature? _connect = http.Features.Get<IHttpExtendedConnectFeature>();

    private readonly TimeProvider _time = http.RequestServices.GetRequiredService<TimeProvider>();

    private SharedWriteStream? _stream;

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest ?? false;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect ?? false;

    public string? Protocol => _connect?.Protocol;

    /// <summary>Takes the place of the web server's own features.</summary>
    public static void Install(HttpContext http, bool leaveOpen)
    {
        var shared = new SharedStreamUpgrade(http, leaveOpen);
        // An application's own UseWebSockets has bound itself to the server's feature, and would go past ours.
        if (shared.IsUpgradableRequest || shared.IsExtendedConnect)
            http.Features.Set<IHttpWebSocketFeature>(null);
        if (shared._upgrade is not null) http.Features.Set<IHttpUpgradeFeature>(shared);
        if (shared._connect is not null) http.Features.Set<IHttpExtendedConnectFeature>(shared);
    }

    public async Task<Stream> UpgradeAsync() => Share(await _upgrade!.UpgradeAsync(), DirectOutput.Of(http));

    public async ValueTask<Stream> AcceptAsync() => Share(await _connect!.AcceptAsync(), direct: null);

    /// <summary>Whether there will be a stream, should the request become a WebSocket.</summary>
    public static bool IsInstalled(HttpContext http) => Of(http) is not null;

    /// <summary>The stream of a request that became a WebSocket; null for any other.</summary>
    public static SharedWriteStream? StreamOf(HttpContext http) => Of(http)?._stream;

    private static SharedStreamUpgrade? Of(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() as SharedStreamUpgrade
        ?? http.Features.Get<IHttpExtendedConnectFeature>() as SharedStreamUpgrade;

    private SharedWriteStream Share(Stream stream, DirectOutput? direct) =>
        _stream = new SharedWriteStream(stream, _time) { LeaveOpen = leaveOpen, Direct = direct };
}
