using System.Net;
using System.Net.WebSockets;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Hosting;

// CH-96
/// <summary>A web page of somebody else cannot use the server through its visitors' browsers.</summary>
public sealed class CrossSiteTests
{
    private const string Evil = "https://evil.example", Friend = "https://app.example.com";

    public static TheoryData<string, string> Calls => new()
    {
        { "POST", "/api/join" }, { "POST", "/api/send" }, { "POST", "/api/leave" },
        { "GET", "/api/messages?client_id=ann" }, { "POST", "/api/v1/chat" },
        { "POST", "/api/v1/chat/00000000-0000-0000-0000-000000000001" },
        { "GET", "/api/v1/chat/00000000-0000-0000-0000-000000000001/messages" },
        { "POST", "/hubs/chat/negotiate?negotiateVersion=1&user_id=ann" },
        { "DELETE", "/" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_of_another_site_is_refused_before_anything_else(string method, string path)
    {
        await using var site = await Site.StartAsync();
        foreach (var (origin, fetchSite) in new[]
        {
            (Evil, "cross-site"), (Evil, null), ("null", "cross-site"), (null, "cross-site"), (null, "same-site"),
        })
        {
            var answer = await site.SendAsync(method, path, origin, fetchSite);
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{origin} {fetchSite}");
            (await answer.Content.ReadAsStringAsync()).Should().Contain("Chat:Server:AllowedOrigins");
        }
        foreach (var (origin, fetchSite) in new[]
        {
            (site.Origin, "same-origin"), (site.Origin, null), (null, null),
            // A proxy may have changed the host: what the browser says of itself counts.
            (Evil, "same-origin"),
        })
            (await site.SendAsync(method, path, origin, fetchSite)).StatusCode
                .Should().NotBe(HttpStatusCode.Forbidden, $"{origin} {fetchSite}");
    }

    [Theory]
    [InlineData("/api/v1/chat/ws?user_id=ann")]
    [InlineData("/api/v1/chat/ws/?user_id=ann")]
    [InlineData("/hubs/chat?user_id=ann")]
    public async Task A_socket_of_another_site_is_refused(string path)
    {
        await using var site = await Site.StartAsync();
        (await site.UpgradeAsync(path, Evil)).Should().Be(HttpStatusCode.Forbidden);
        (await site.UpgradeAsync(path, site.Origin)).Should().Be(HttpStatusCode.SwitchingProtocols);
        (await site.UpgradeAsync(path, origin: null)).Should().Be(HttpStatusCode.SwitchingProtocols);
    }

    [Theory]
    [InlineData(Friend)]
    [InlineData("*")]
    public async Task A_site_that_is_allowed_may_call_and_see_the_answer(string allowed)
    {
        await using var site = await Site.StartAsync(("Chat:Server:AllowedOrigins", allowed));
        var answer = await site.SendAsync("POST", "/hubs/chat/negotiate?negotiateVersion=1&user_id=ann", Friend,
            "cross-site");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(Friend);
        (await site.UpgradeAsync("/api/v1/chat/ws?user_id=ann", Friend)).Should()
            .Be(HttpStatusCode.SwitchingProtocols);
        var preflight = await site.SendAsync("OPTIONS", "/api/v1/chat", Friend, "cross-site");
        preflight.Headers.GetValues("Access-Control-Allow-Methods").Should().Equal("POST");
        (await site.SendAsync("OPTIONS", "/api/v1/chat", Evil, "cross-site")).Headers
            .Contains("Access-Control-Allow-Origin").Should().Be(allowed == "*");
    }

    [Fact]
    public async Task Links_from_other_sites_lead_here()
    {
        await using var site = await Site.StartAsync();
        (await site.SendAsync("GET", "/", origin: null, "cross-site")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private sealed class Site : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly TestServer _server;
        private readonly HttpClient _http;

        private Site(TestDatabase database, TestServer server)
        {
            (_database, _server) = (database, server);
            _http = new HttpClient { BaseAddress = server.Url, Timeout = Bounds.Wait };
        }

        public string Origin => _server.Url.GetLeftPart(UriPartial.Authority);

        public static async Task<Site> StartAsync(params (string Name, string Value)[] settings)
        {
            var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
            return new Site(database, await TestServer.StartAsync(database.Settings, settings));
        }

        public Task<HttpResponseMessage> SendAsync(string method, string path, string? origin, string? fetchSite)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST") request.Content = new StringContent("{}");
            if (method == "OPTIONS") request.Headers.Add("Access-Control-Request-Method", "POST");
            if (origin is not null) request.Headers.Add("Origin", origin);
            if (fetchSite is not null) request.Headers.Add("Sec-Fetch-Site", fetchSite);
            return _http.SendAsync(request);
        }

        public async Task<HttpStatusCode> UpgradeAsync(string path, string? origin)
        {
            using var bound = new CancellationTokenSource(Bounds.Wait);
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
            try
            {
                await socket.ConnectAsync(new Uri($"ws://{_server.Url.Authority}{path}"), bound.Token);
            }
            catch (WebSocketException)
            {
                // NOTE: refused; the status says how.
            }
            return socket.HttpStatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _server.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
