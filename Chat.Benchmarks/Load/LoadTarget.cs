using System.Net;
using Chat.Contracts.Protocol;

namespace Chat.Benchmarks.Load;

/// <summary>The server under load. On this machine only: a load generator must not be aimable at anybody else.</summary>
internal sealed class LoadTarget
{
    private LoadTarget(Uri server) => Server = server;

    public Uri Server { get; }

    public Uri Hub => new(Server, ChatHubRoute.Path);

    /// <exception cref="UsageException">It is no such address.</exception>
    public static LoadTarget Parse(string? text)
    {
        if (text is null) throw new UsageException("--url is required, for instance --url http://127.0.0.1:8080");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            throw new UsageException("--url must be an http address, for instance http://127.0.0.1:8080");
        var loopback = IPAddress.TryParse(url.DnsSafeHost, out var address) ? IPAddress.IsLoopback(address) : url.Host == "localhost";
        return loopback ? new LoadTarget(url) : throw new UsageException("--url must be on this machine: 127.0.0.1, [::1] or localhost");
    }
}
