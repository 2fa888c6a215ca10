using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Limits;

/// <summary>CH-123, CH-124: what one address may ask for, and how many connections it may have. The address is the one
/// that a trusted proxy names.</summary>
public sealed class AddressLimitTests : IAsyncLifetime
{
    private const string Office = "203.0.113.7", Home = "203.0.113.8", History = "/api/v1/chat/{0}/messages";

    private TestDatabase _database = null!;
    private StandingServer _standing = null!;

    private TestServer Server => _standing.Server;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _standing = await StandingServer.StartAsync(_database.Settings, ("Chat:Limits:Factor", "0.1"),
            ("Chat:Limits:ConnectionsPerAddress", "2"), ("Chat:Server:TrustedProxies", "127.0.0.1"));
    }

    public async Task DisposeAsync()
    {
        await _standing.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Requests_beyond_what_an_address_may_make_are_told_when_to_come_again()
    {
        var path = string.Format(null, History, ConversationId.Lobby);
        for (var i = 0; i < 100; i++) (await GetAsync(path, Office)).Status.Should().Be(HttpStatusCode.OK);

        var (status, retry, text) = await GetAsync(path, Office);

        status.Should().Be(HttpStatusCode.TooManyRequests);
        retry.Should().Be(TimeSpan.FromSeconds(1));
        text.Should().Be("""{"error":"requests of this address come too fast: 10 per second, 100 at once; """
            + """retry in 100 ms"}""");
        (await GetAsync(path, Home)).Status.Should().Be(HttpStatusCode.OK);
        (await GetAsync("/health", Office)).Status.Should().Be(HttpStatusCode.OK);
        (await GetAsync("/", Office)).Status.Should().Be(HttpStatusCode.OK, "files are not counted");
        (await GetAsync("/api/messages?client_id=nobody", Office)).Status.Should()
            .Be(HttpStatusCode.BadRequest, "polls are not counted");
        (await GetAsync("/hubs/chat/negotiate?user_id=ann", Office)).Status.Should()
            .Be(HttpStatusCode.TooManyRequests, "it opens a connection");
        _standing.Pass(TimeSpan.FromMilliseconds(100));
        (await GetAsync(path, Office)).Status.Should().Be(HttpStatusCode.OK);
        for (var i = 0; i < 200; i++)
            (await GetAsync(path, null)).Status.Should().Be(HttpStatusCode.OK, "this machine is not counted");
    }

    [Theory]
    [InlineData("/api/v1/chat/ws")]
    [InlineData("/hubs/chat")]
    public async Task Connections_beyond_what_an_address_may_have_are_refused_and_one_that_ends_makes_room(string path)
    {
        using var first = await OpenAsync(path, Office);
        using var second = await OpenAsync(path, Office);
        using var third = new ClientWebSocket();
        third.Options.CollectHttpResponseDetails = true;

        await third.Invoking(socket => ConnectAsync(socket, path, Office)).Should().ThrowAsync<WebSocketException>();

        third.HttpStatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        third.HttpResponseHeaders!["Retry-After"].Should().Equal("5");
        var negotiation = await GetAsync("/hubs/chat/negotiate?user_id=ann", Office, HttpMethod.Post);
        negotiation.Status.Should().Be(HttpStatusCode.TooManyRequests);
        negotiation.Text.Should().Contain("as many as one may have; retry in 5000 ms");
        using var elsewhere = await OpenAsync(path, Home);
        using var local = await OpenAsync(path, null);
        using var localToo = await OpenAsync(path, null);
        using var localAlso = await OpenAsync(path, null);

        first.Abort();

        await Eventually.HoldsAsync(async () =>
        {
            using var again = new ClientWebSocket();
            try
            {
                await ConnectAsync(again, path, Office);
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
            finally
            {
                _standing.Pass(TimeSpan.FromSeconds(1)); // what is refused counts as a request
            }
        });
        (await Server.Operators.GetStringAsync("/metrics")).Should()
            .Contain("chat_rate_limited_total{limit=\"address_connections\"}");
    }

    [Fact]
    public async Task Polls_are_connections_too()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Limits:Connections", "1"));
        (await server.Http.PostAsync("/api/join", new StringContent("{\"client_id\":\"ann\"}"))).StatusCode.Should()
            .Be(HttpStatusCode.OK);
        await using var raw = await server.ConnectRawAsync("bob");
        using var poll = await server.Http.GetAsync("/api/messages?client_id=ann");
        poll.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        poll.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        (await poll.Content.ReadAsStringAsync()).Should().Contain("this server has 1 connections");
    }

    [Fact]
    public async Task Of_many_that_are_opened_at_once_no_more_stay_than_may()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Limits:Connections", "3"));
        var sockets = Enumerable.Range(0, 24).Select(_ => new ClientWebSocket()).ToList();
        var ends = await Task.WhenAll(sockets.Select(socket => Task.Run(() => TryOpenAsync(server, socket))))
            .WaitAsync(Bounds.Wait);
        foreach (var socket in sockets) socket.Dispose();
        ends.Count(end => end == "connected").Should().Be(3);
        ends.Should().OnlyContain(end => end == "connected" || end == "429" || end == "4429");
    }

    [Fact]
    public async Task A_hub_connection_that_was_promised_before_the_last_place_was_taken_is_told_so()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // It has a second to read why: here as long as it needs.
        await using var standing = await StandingServer.StartAsync(
            database.Settings, ("Chat:Limits:Connections", "1"));
        var server = standing.Server;
        using var negotiation = await server.Http.PostAsync(
            "/hubs/chat/negotiate?user_id=ann&negotiateVersion=1", null);
        var promise = await negotiation.Content.ReadFromJsonAsync<JsonElement>();
        var hub = $"/hubs/chat?user_id=ann&id={promise.GetProperty("connectionToken").GetString()}";
        await using var raw = await server.ConnectRawAsync("bob");

        (await server.Http.GetStringAsync(hub)).Should().BeEmpty("the first poll opens the transport");
        using var sent = await server.Http.PostAsync(hub,
            new StringContent("{\"protocol\":\"json\",\"version\":1}\u001e"));
        var told = "";
        while (!told.Contains("\"type\":7", StringComparison.Ordinal)) told += await server.Http.GetStringAsync(hub);

        told.Should().Contain("too_many_connections: this server has 1 connections, as many as it may have; retry in "
            + "5000 ms").And.Contain("\"allowReconnect\":true");
        server.TakeErrors().Should().BeEmpty("a full server is no fault");
        standing.Pass(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_proxy_that_is_not_trusted_is_hinted_at_once_per_minute()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings);
        for (var i = 0; i < 10; i++) await GetAsync("/health", Office, server: standing.Server);
        standing.Pass(TimeSpan.FromMinutes(1));
        await GetAsync("/health", Office, server: standing.Server);
        await GetAsync("/health", null, server: standing.Server);
        standing.Server.Logs.All.Count(log => log.Id.Id == 1071).Should().Be(2);
        await GetAsync("/health", Office);
        Server.Logs.All.Should().NotContain(log => log.Id.Id == 1071);
    }

    /// <returns>How it ended: connected, an HTTP status, or a close code.</returns>
    private static async Task<string> TryOpenAsync(TestServer server, ClientWebSocket socket)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(
                new Uri($"ws://{server.Url.Authority}/api/v1/chat/ws?user_id=ann"), bound.Token);
        }
        catch (WebSocketException)
        {
            return $"{(int)socket.HttpStatusCode}";
        }
        var first = await socket.ReceiveAsync(new byte[1_024].AsMemory(), bound.Token);
        if (first.MessageType == WebSocketMessageType.Close) return $"{(int?)socket.CloseStatus}";
        return "connected";
    }

    private async Task<(HttpStatusCode Status, TimeSpan? Retry, string Text)> GetAsync(
        string path, string? from, HttpMethod? method = null, TestServer? server = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        using var answer = await (server ?? Server).Http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync());
    }

    private async Task<ClientWebSocket> OpenAsync(string path, string? from)
    {
        var socket = new ClientWebSocket();
        await ConnectAsync(socket, path, from);
        using var bound = new CancellationTokenSource(Bounds.Wait);
        var isHub = path.StartsWith("/hubs", StringComparison.Ordinal);
        if (isHub)
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"
                + "{\"type\":1,\"invocationId\":\"me\",\"target\":\"Me\",\"arguments\":[]}\u001e"),
                WebSocketMessageType.Text, true, bound.Token);
        var (come, buffer) = ("", new byte[1_024]);
        do
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), bound.Token);
            come += Encoding.UTF8.GetString(buffer, 0, part.Count);
        }
        while (isHub && !come.Contains("\"invocationId\":\"me\"", StringComparison.Ordinal)); // it is open
        return socket;
    }

    private async Task ConnectAsync(ClientWebSocket socket, string path, string? from)
    {
        if (from is not null) socket.Options.SetRequestHeader("X-Forwarded-For", from);
        using var bound = new CancellationTokenSource(Bounds.Wait);
        await socket.ConnectAsync(new Uri($"ws://{Server.Url.Authority}{path}?user_id=ann"), bound.Token);
    }
}
