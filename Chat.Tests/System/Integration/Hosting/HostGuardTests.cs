using System.Net;
using System.Net.WebSockets;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Hosting;

// CH-97
/// <summary>A name of somebody else that points here is refused: pages of it would be our own in a browser.</summary>
public sealed class HostGuardTests
{
    private const string Foreign = "rebind.evil.example";

    [Fact]
    public async Task Every_address_is_refused_under_a_foreign_name_whatever_else_a_request_says()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        foreach (var (method, path) in ((string, string)[])[("GET", "/"), ("GET", "/sdk/chat-client.js"),
            ("GET", "/nowhere"), ("GET", "/api/messages?client_id=ann"), ("POST", "/api/v1/chat"),
            ("GET", "/health"), ("GET", "/health/ready"), ("POST", "/hubs/chat/negotiate?user_id=ann"),
            ("GET", "/tasks"), ("GET", "/metrics"), ("GET", "/openapi/v1.json"), ("GET", "/docs"), ("OPTIONS", "/api")])
            foreach (var client in new[] { server.Http, server.Operators })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.Host = $"{Foreign}:{server.Url.Port}";
                // What the browser says after the rebinding, and what a page may add.
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
                request.Headers.Add("Origin", $"http://{Foreign}:{server.Url.Port}");
                request.Headers.Add("X-Forwarded-Host", "localhost");
                using var answer = await client.SendAsync(request);
                answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, path);
                (await answer.Content.ReadAsStringAsync()).Should().Contain("Chat:Server:AllowedHosts");
            }
    }

    [Theory]
    [InlineData("/hubs/chat?user_id=ann")]
    [InlineData("/api/v1/chat/ws?user_id=ann")]
    public async Task Sockets_are_refused_under_a_foreign_name(string path)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:Server:AllowedHosts", "chat.example.com"));
        foreach (var (host, status) in ((string, HttpStatusCode)[])[(Foreign, HttpStatusCode.BadRequest),
            ("chat.example.com", HttpStatusCode.SwitchingProtocols), ("[::1]:80", HttpStatusCode.SwitchingProtocols),
            ("localhost", HttpStatusCode.SwitchingProtocols)])
            (await UpgradeAsync(server, path, host)).Should().Be(status, host);
    }

    [Fact]
    public async Task HTTP_2_names_the_host_in_authority()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        foreach (var (host, status) in ((string, HttpStatusCode)[])[(Foreign, HttpStatusCode.BadRequest),
            ("localhost:1", HttpStatusCode.OK)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health")
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Headers = { Host = host },
            };
            using var answer = await server.Http.SendAsync(request);
            (answer.Version, answer.StatusCode).Should().Be((HttpVersion.Version20, status), host);
        }
    }

    private static async Task<HttpStatusCode> UpgradeAsync(TestServer server, string path, string host)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Host", host);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}{path}"), bound.Token);
        }
        catch (WebSocketException)
        {
            // NOTE: refused; the status says how.
        }
        return socket.HttpStatusCode;
    }
}
