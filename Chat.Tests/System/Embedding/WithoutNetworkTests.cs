using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.Http.Connections;

namespace Chat.Tests.Embedding;

/// <summary>On ASP.NET's TestServer, with no stream behind its WebSockets: as an application tests itself.</summary>
public sealed class WithoutNetworkTests
{
    private const string Lobby = "00000000-0000-0000-0000-000000000001";

    // Below a path that the web server itself takes off requests: as IIS does where the application is one of a site.
    [Theory]
    [InlineData("")]
    [InlineData("/team")]
    public async Task Raw_sockets_the_hub_and_web_files_work_on_a_TestServer(string below)
    {
        await using var host = await ForeignHost.StartAsync(
            ForeignHost.WithChat, app => app.MapChat(), onTestServer: true);
        var server = host.App.GetTestServer();
        server.BaseAddress = new Uri($"http://localhost{below}/");
        using var http = server.CreateClient();
        Assert.Contains("app/main.js", await http.GetStringAsync($"{below}/chat/"), StringComparison.Ordinal);

        var client = server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers[HeaderSignIn.Header] = "eve";
        using var bound = new CancellationTokenSource(Bounds.Wait);
        using var raw = await client.ConnectAsync(
            new Uri($"ws://localhost{below}/chat/api/v1/chat/ws?features=seq,receipts"), bound.Token);
        await SendAsync(raw, $$"""{"type":"join","conversation_id":"{{Lobby}}","after_seq":0}""", bound.Token);

        await using var hub = new HubConnectionBuilder().WithUrl($"http://localhost{below}/chat/hubs/chat", options =>
        {
            options.HttpMessageHandlerFactory = _ => server.CreateHandler();
            options.Headers[HeaderSignIn.Header] = "cem";
            options.Transports = HttpTransportType.LongPolling;
        }).Build();
        await hub.StartAsync(bound.Token);
        await hub.InvokeAsync<JsonElement>("Join", Lobby, (long?)null, bound.Token);
        // Larger than what is handed over in one step, so a frame is written in parts.
        var large = new string('x', 60_000);
        for (var i = 0; i < 3; i++)
            await hub.InvokeAsync<JsonElement>("Send", Lobby, $"{i}{large}", (object?)null, bound.Token);

        var bodies = new List<string>();
        while (bodies.Count < 3)
        {
            using var frame = JsonDocument.Parse(await ReceiveAsync(raw, bound.Token));
            if (frame.RootElement.GetProperty("type").GetString() == "message")
                bodies.Add(frame.RootElement.GetProperty("message").GetProperty("body").GetString()!);
        }
        Assert.Equal(Enumerable.Range(0, 3).Select(i => $"{i}{large}"), bodies);
        await raw.CloseAsync(WebSocketCloseStatus.NormalClosure, "", bound.Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, raw.CloseStatus);
        // ASP.NET itself looks for an assembly that has the name of this application.
        Assert.DoesNotContain(host.Logs.All, log => log.Category.StartsWith("Chat", StringComparison.Ordinal)
            && log.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    private static Task SendAsync(WebSocket socket, string text, CancellationToken ct) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, ct);

    private static async Task<string> ReceiveAsync(WebSocket socket, CancellationToken ct)
    {
        var message = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, ct);
            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return Encoding.UTF8.GetString(message.ToArray());
        }
    }
}
