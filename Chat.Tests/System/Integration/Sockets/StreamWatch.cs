using System.Collections.Concurrent;
using Chat.Server.Sockets;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Integration.Sockets;

/// <summary>Sees the requests of a whole server that become streams. They are looked at while they are open.</summary>
internal sealed class StreamWatch : IStartupFilter
{
    private readonly ConcurrentQueue<HttpContext> _open = new();

    /// <summary>The ways past the pipe of the connections that are open on a path.</summary>
    public IEnumerable<DirectOutput?> Of(string path) =>
        from http in _open
        where http.Request.Path == path
        let stream = SharedStreamUpgrade.StreamOf(http)
        where stream is not null
        select stream.Direct;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(inner => http =>
        {
            if (http.Request.Headers.Upgrade.Count > 0) _open.Enqueue(http);
            return inner(http);
        });
        next(app);
    };
}
