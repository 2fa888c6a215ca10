using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization.Metadata;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>What a request to a <see cref="TestChatServer"/> looked like.</summary>
internal sealed record SeenRequest(
    string Method, string Path, string Query, bool WebSocket, string? Authorization, IHeaderDictionary Headers);

/// <summary>A real Kestrel on a free port with <see cref="TestChatHub"/> on it.</summary>
internal sealed class TestChatServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestChatServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    public Tally WebSocketsSeen { get; } = new();

    public bool RefuseWebSockets { get; set; }

    public string? RequiredToken { get; set; }

    public ChatClientOptions Options => OptionsFor(Address);

    public static ChatClientOptions OptionsFor(Uri server) => ChatClientOptions.ForServer(server) with
    {
        UserId = UserId.Parse("zoë & co"),
        Reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200)
        },
    };

    public static async Task<TestChatServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            if (certificate is null) return;
            listener.UseHttps(certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            });
        }));
        builder.Services.AddSingleton<TestLog>();
        builder.Services.AddSignalR(hub => hub.MaximumReceiveMessageSize = ChatLimits.FrameBytes)
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolver =
                JsonTypeInfoResolver.Combine(ChatJsonContext.Default, new DefaultJsonTypeInfoResolver()));
        var server = new TestChatServer(builder.Build());
        server.Map();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Shows an entry to everyone who has joined its conversation.</summary>
    public async Task PublishAsync(ConversationEntry entry)
    {
        var log = _app.Services.GetRequiredService<TestLog>();
        await log.Gate.WaitAsync();
        try
        {
            log.EntriesOf(entry.ConversationId).Add(entry);
            var clients = _app.Services.GetRequiredService<IHubContext<TestChatHub>>().Clients;
            await TestChatHub.PushAsync(clients.Clients(log.ConnectionsOf(entry.ConversationId)), entry);
        }
        finally
        {
            log.Gate.Release();
        }
    }

    /// <summary>Asks everyone to connect again, as a server does that is about to stop.</summary>
    public Task RequestReconnectAsync() => _app.Services.GetRequiredService<IHubContext<TestChatHub>>().Clients.All
        .SendAsync(nameof(IChatClient.ReconnectRequested), new ReconnectRequest(5_000));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync(); // does not wait for open connections
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.UseWebSockets();
        _app.Use(InspectAsync);
        _app.MapHub<TestChatHub>(ChatHubRoute.Path, connection =>
        {
            connection.AllowStatefulReconnects = true;
            // SignalR ends a stateful connection with 1011 when the second comes to confirm what it has received while
            // a message still waits for room: two flushes of one pipe.
            connection.TransportMaxBufferSize = 2 * ChatLimits.FrameBytes;
        });
        _app.MapPost("/old/negotiate",
            () => Results.Json(
                new { url = new Uri(Address, ChatHubRoute.Path + "?user_id=moved"), accessToken = "other" }));
        _app.MapPost("/circle/negotiate", () => Results.Json(new { url = new Uri(Address, "/circle") }));
        _app.MapPost("/angry/negotiate", () => Results.Json(new { error = "go away" }));
        _app.Map("/closing/{code:int}", async (HttpContext context, int code) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.CloseAsync((WebSocketCloseStatus)code, "because", context.RequestAborted);
        });
    }

    private async Task InspectAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var webSocket = context.WebSockets.IsWebSocketRequest;
        var authorization = (string?)request.Headers.Authorization;
        Requests.Enqueue(new SeenRequest(request.Method, request.Path, request.QueryString.Value ?? "", webSocket,
            authorization, new HeaderDictionary(request.Headers.ToDictionary())));
        if (webSocket) WebSocketsSeen.Add();
        if (RequiredToken is { } token && authorization != $"Bearer {token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers[ChatHubRoute.ErrorHeader] = "401"; // as a Chat server's own refusals have it
        }
        else if (RefuseWebSockets && webSocket) context.Response.StatusCode = StatusCodes.Status403Forbidden;
        else await next(context);
    }
}
