using System.Net;
using Chat.Contracts.Protocol;

namespace Chat.Benchmarks.Load;

/// <summary>The server under load, or several that are one chat. On this machine only: a load generator must not be
/// aimable at anybody else.</summary>
internal sealed class LoadTarget
{
    private readonly Uri[] _servers;

    private LoadTarget(Uri[] servers) => _servers = servers;

    /// <summary>The first, or the only one.</summary>
    public Uri Server => _servers[0];

    public Uri Hub => new(Server, ChatHubRoute.Path);

    /// <exception cref="UsageException">It is no such address.</exception>
    public static LoadTarget Parse(string? text)
    {
        if (text is null) throw new UsageException("--url is required, for instance --url http://127.0.0.1:8080");
        return new LoadTarget([.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseServer)]);
    }

    /// <summary>The server of one of many connections: they take the servers in turn.</summary>
    public LoadTarget Of(int connection) => new([_servers[connection % _servers.Length]]);

    private static Uri ParseServer(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            throw new UsageException(
                "--url must be an http address, or several with commas, for instance http://127.0.0.1:8080");
        var loopback = IPAddress.TryParse(url.DnsSafeHost, out var address)
            ? IPAddress.IsLoopback(address)
            : url.Host == "localhost";
        return loopback ? url
            : throw new UsageException("--url must be on this machine: 127.0.0.1, [::1] or localhost");
    }
}
