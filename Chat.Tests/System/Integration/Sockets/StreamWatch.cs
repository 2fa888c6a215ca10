using System.Collections.Concurrent;
using Chat.Server.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Integration.Sockets;

/// <summary>Sees the requests of a whole server that become streams.</summary>
internal sealed class StreamWatch : IStartupFilter
{
    // Looked for when they come: a raw socket is no request any more.
    private readonly ConcurrentQueue<(PathString Path, DirectOutput? Output)> _come = new();

    /// <summary>The ways past the pipe of the connections that came on a path.</summary>
    public IEnumerable<DirectOutput?> Of(string path) => _come.Where(one => one.Path == path).Select(one => one.Output);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(inner => http =>
        {
            if (http.Request.Headers.Upgrade.Count > 0) _come.Enqueue((http.Request.Path, DirectOutput.Of(http)));
            return inner(http);
        });
        next(app);
    };
}
