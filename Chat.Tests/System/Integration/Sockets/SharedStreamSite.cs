using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Chat.Server.Limits;
using Chat.Server.Transports.Framing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Sockets;

/// <summary>A web server on the sockets of ours, without the chat: upgrades every request that asks for it and hands
/// the stream to the test. Any other request is answered with as many bytes as its path says.</summary>
internal sealed class SharedStreamSite : IAsyncDisposable
{
    private const int SendBuffer = 32 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SharedStreamVisit> _visits = new();
    private readonly SemaphoreSlim _came = new(0);

    private SharedStreamSite(WebApplication app)
    {
        _app = app;
        _app.Run(ServeAsync);
    }

    public required RecordedLogs Logs { get; init; }

    public IPEndPoint Address => IPEndPoint.Parse(
        new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Single()).Authority);

    public static async Task<SharedStreamSite> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listener =>
            {
                if (certificate is not null) listener.UseHttps(certificate);
            }));
        builder.Services.AddSingleton(new ConnectionRoom(new LimitsOptions(), null));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<LimitMetrics>();
        builder.Services.AddBoundedTransport();
        var logs = new RecordedLogs();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Warning);
        var site = new SharedStreamSite(builder.Build()) { Logs = logs };
        await site._app.StartAsync();
        return site;
    }

    /// <summary>The next stream that a client has got.</summary>
    public async Task<SharedStreamVisit> NextAsync()
    {
        Assert.True(await _came.WaitAsync(Bounds.Wait),
            "nobody came: " + string.Join("; ", Logs.All.Select(log => $"{log.Text} {log.Exception}")));
        Assert.True(_visits.TryDequeue(out var visit));
        return visit;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            var body = new byte[int.Parse(http.Request.Path.Value![1..], CultureInfo.InvariantCulture)];
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body);
            return;
        }
        // So that the kernel often takes a part only.
        http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.SendBufferSize = SendBuffer;
        SharedStreamUpgrade.Install(http, leaveOpen: false);
        await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var visit = new SharedStreamVisit(http, SharedStreamUpgrade.StreamOf(http)!);
        _visits.Enqueue(visit);
        _came.Release();
        await visit.Ended.WaitAsync(Bounds.Run);
    }
}
