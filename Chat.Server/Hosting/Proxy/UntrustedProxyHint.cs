using System.Net;

namespace Chat.Server.Hosting.Proxy;

/// <summary>Says once per minute that a proxy is not believed, should there be one: everybody behind it counts as one
/// address.</summary>
internal sealed partial class UntrustedProxyHint(
    RequestDelegate next, List<IPNetwork> trusted, TimeProvider time, ILogger<UntrustedProxyHint> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _saidAt; // under _gate

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Headers["X-Forwarded-For"].Count > 0 && !IsTrusted(http.Connection.RemoteIpAddress)
            && IsTime()) Log.Untrusted(logger, http.Connection.RemoteIpAddress);
        return next(http);
    }

    private bool IsTrusted(IPAddress? peer)
    {
        if (peer is null) return false;
        if (peer.IsIPv4MappedToIPv6) peer = peer.MapToIPv4();
        return trusted.Exists(network => network.Contains(peer));
    }

    private bool IsTime()
    {
        lock (_gate)
        {
            if (_saidAt is { } before && time.GetElapsedTime(before) < Interval) return false;
            _saidAt = time.GetTimestamp();
            return true;
        }
    }

    private static partial class Log
    {
        // With the address: who sends the header is a proxy, or says so.
        [LoggerMessage(1071, LogLevel.Warning,
            "X-Forwarded-For from {Address} is not believed, and all clients behind it count as one address: if it is "
                + "your proxy, name it in Chat:Server:TrustedProxies")]
        public static partial void Untrusted(ILogger logger, IPAddress? address);
    }
}
