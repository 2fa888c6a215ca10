using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Integration.Sockets;

/// <summary>Knows which requests for raw sockets are not over, and whether anything of them is left.</summary>
internal sealed class RequestWatch : IStartupFilter
{
    private readonly ConcurrentQueue<WeakReference> _kept = new();
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public int Seen => _kept.Count;

    /// <summary>How many of the requests the collector still finds, each with its context and with what the web server
    /// had for its connection while that was HTTP.</summary>
    public int CountLeft()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return _kept.Count(one => one.IsAlive);
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(inner => http => http.Request.Path == "/api/v1/chat/ws" ? WatchAsync(http, inner) : inner(http));
        next(app);
    };

    private async Task WatchAsync(HttpContext http, RequestDelegate inner)
    {
        Interlocked.Increment(ref _open);
        _kept.Enqueue(new WeakReference(http.Features)); // the web server's own object
        await inner(http);
        Interlocked.Decrement(ref _open);
    }
}
