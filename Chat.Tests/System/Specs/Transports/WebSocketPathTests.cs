using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Specs.Transports;

/// <summary>Routing alone decides what is a raw socket or a hub connection, whatever the address looks like and over
/// whatever version of HTTP it comes.</summary>
public sealed class WebSocketPathTests
{
    // A handshake for the hub; raw sockets are greeted without one.
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    [Fact]
    public async Task Proxies_are_told_not_to_hold_back_what_is_streamed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        using var http = new HttpClient { BaseAddress = server.Url, Timeout = Bounds.Wait };
        var negotiated = await http.PostAsync("/hubs/chat/negotiate?negotiateVersion=1&user_id=ann", null);
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync());
        var token = answer.RootElement.GetProperty("connectionToken").GetString();
        using var events = new HttpRequestMessage(HttpMethod.Get, $"/hubs/chat?id={token}&user_id=ann");
        events.Headers.Accept.ParseAdd("text/event-stream");

        using var stream = await http.SendAsync(events, HttpCompletionOption.ResponseHeadersRead);

        stream.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        stream.Headers.GetValues("X-Accel-Buffering").Should().Equal("no");
    }

    [Theory]
    [InlineData("/api/v1/chat/ws", "", "connected", "1.1")]
    [InlineData("/api/v1/chat/ws/", "", "connected", "1.1")]
    [InlineData("/API/v1/chat/WS", "", "connected", "1.1")]
    [InlineData("/api/v1/chat/ws", "", "connected", "2.0")]
    [InlineData("/api/v1/chat/ws/", "", "connected", "2.0")]
    [InlineData("/hubs/chat", Handshake, "{}\u001e", "1.1")]
    [InlineData("/hubs/chat/", Handshake, "{}\u001e", "1.1")]
    [InlineData("/hubs/chat", Handshake, "{}\u001e", "2.0")]
    public async Task A_socket_is_served(string path, string says, string hears, string version)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Kestrel:EndpointDefaults:Protocols", version == "2.0" ? "Http2" : "Http1"));
        using var bound = new CancellationTokenSource(Bounds.Wait);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = Version.Parse(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        await socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}{path}?user_id=ann"), http, bound.Token);
        if (says.Length > 0)
            await socket.SendAsync(Encoding.UTF8.GetBytes(says), WebSocketMessageType.Text, true, bound.Token);

        var heard = new byte[1_024];
        var received = await socket.ReceiveAsync(heard, bound.Token);
        Encoding.UTF8.GetString(heard, 0, received.Count).Should().Contain(hears);
        server.TakeErrors().Should().BeEmpty();
    }
}
