using System.Net;
using System.Net.Http.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Identity;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Limits;

/// <summary>CH-205, CH-207: with tokens a user is counted, on whatever it comes.</summary>
public sealed class UserLimitTests
{
    private static readonly (string, string) On = ("Chat:Limits:Factor", "1");

    private static readonly string Lobby = $"/api/v1/chat/{ConversationId.Lobby}";

    // CH-205
    [Fact]
    public async Task Messages_of_a_user_are_counted_over_sockets_the_hub_and_REST_together()
    {
        await using var server = await StartAsync(On, ("Chat:Limits:SendsPerUserPerMinute", "6"));
        var token = server.Tokens.Of("ann");
        await using var raw = await RawClient.OpenAsync(server.Server.Url, "features=receipts", token: token);
        await using var hub = await server.ConnectHubAsync(token);
        using var http = server.ClientOf(token);
        await raw.JoinAsync(ConversationId.Lobby);
        for (var i = 0; i < 2; i++)
        {
            await raw.MessageAsync(ConversationId.Lobby, $"raw {i}");
            await raw.UntilAsync("receipt");
            await hub.SendAsync(ConversationId.Lobby, $"hub {i}");
            (await http.PostAsJsonAsync(Lobby, new { body = $"rest {i}" })).StatusCode.Should()
                .Be(HttpStatusCode.Accepted);
        }

        // One more comes every ten seconds, so on a slow machine it may not be the next that is too much.
        System.Text.Json.JsonElement error;
        do await raw.MessageAsync(ConversationId.Lobby, "one too many", "k7");
        while ((error = await raw.NextAsync()).GetProperty("type").GetString() != "error");
        error.GetProperty("code").GetString().Should().Be("rate_limited");
        error.GetProperty("error").GetString().Should().StartWith("messages of this user come too fast: 6 per minute");
        error.GetProperty("retry_after_ms").GetInt32().Should().BeInRange(1, 10_000);
        error.GetProperty("dedupe_key").GetString().Should().Be("k7");
        (await RefusedAsync(async () =>
        {
            while (true) await hub.SendAsync(ConversationId.Lobby, "too");
        })).Should().StartWith("messages of this user come too fast");
        foreach (var (path, body) in new[] { (Lobby, "body"), ("/api/send", "message") })
        {
            HttpResponseMessage answer;
            do answer = await http.PostAsJsonAsync(path, new Dictionary<string, string> { [body] = "too" });
            while (answer.StatusCode != HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter!.Delta.Should().BePositive("the room's messages are messages");
        }
        await using var ben = await server.ConnectHubAsync(server.Tokens.Of("ben"));
        await ben.SendAsync(ConversationId.Lobby, "from the same address");
        (await server.Server.Operators.GetStringAsync("/metrics")).Should()
            .Contain("chat_rate_limited_total{limit=\"client_sends\"}");
    }

    // CH-205
    [Fact]
    public async Task Bytes_new_conversations_and_added_users_have_limits_of_their_own()
    {
        await using var server = await StartAsync(("Chat:Limits:Factor", "0.1"),
            ("Chat:Limits:SendsPerUserPerMinute", "100000")); // 10 conversations, 100 users, 419,430 bytes
        var token = server.Tokens.Of("ann");
        await using var hub = await server.ConnectHubAsync(token);
        using var http = server.ClientOf(token);
        var users = Users(30);
        var group = await hub.CreateConversationAsync(new CreateConversation { ParticipantIds = users });
        (await RefusedAsync(() => hub.AddParticipantsAsync(group.Id, Users(101)[30..]))).Should()
            .StartWith("added participants of this user come too fast: 100 per hour, 100 at once");
        await hub.AddParticipantsAsync(group.Id, Users(100)[30..]);
        (await RefusedAsync(() => hub.CreateConversationAsync(new CreateConversation { ParticipantIds = users })))
            .Should().StartWith("added participants");

        await using var ben = await server.ConnectHubAsync(server.Tokens.Of("ben"));
        using var bens = server.ClientOf(server.Tokens.Of("ben"));
        for (var i = 0; i < 10; i++)
            await ben.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse("ann")] });
        using var created = await bens.PostAsJsonAsync("/api/v1/chat", new { participant_ids = new[] { "ann" } });
        created.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await created.Content.ReadAsStringAsync()).Should()
            .Contain("new conversations of this user come too fast: 10 per hour, 10 at once; retry in ");

        var large = new string('x', 64 * 1024);
        for (var i = 0; i < 6; i++) await hub.SendAsync(ConversationId.Lobby, large);
        // On a slow machine there may be room for one more by now.
        HttpResponseMessage rest;
        do rest = await http.PostAsJsonAsync(Lobby, new { body = large });
        while (rest.StatusCode == HttpStatusCode.Accepted);
        rest.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await rest.Content.ReadAsStringAsync()).Should()
            .Contain("messages of this user have too many bytes: 409 KiB per minute");

        static UserId[] Users(int count) => [.. Enumerable.Range(0, count).Select(i => UserId.Parse($"u{i}"))];
    }

    // CH-205
    [Fact]
    public async Task Requests_are_the_users_and_not_the_addresses_and_polls_of_the_room_are_not_counted()
    {
        await using var server = await StartAsync(("Chat:Limits:Factor", "0.1"), // 10 at once, 60 per minute
            ("Chat:Server:TrustedProxies", "127.0.0.1"));
        using var ann = server.ClientOf(server.Tokens.Of("ann"));
        using var ben = server.ClientOf(server.Tokens.Of("ben"));
        foreach (var client in (HttpClient[])[ann, ben])
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        HttpResponseMessage answer;
        var served = 0;
        do
        {
            answer = await ann.GetAsync("/api/v1/me");
            served++;
        }
        while (answer.StatusCode == HttpStatusCode.OK && served < 1_000);
        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        served.Should().BeGreaterThan(10);
        answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await answer.Content.ReadAsStringAsync()).Should().Contain("requests of this user come too fast");
        (await ben.GetAsync("/api/v1/me")).StatusCode.Should().Be(HttpStatusCode.OK);
        for (var i = 0; i < 50; i++)
            (await ben.GetAsync("/api/messages")).StatusCode.Should().Be(HttpStatusCode.BadRequest, "it never joined");
    }

    // CH-207
    [Theory]
    [InlineData("/api/v1/chat/ws")]
    [InlineData("/hubs/chat/negotiate")]
    public async Task A_user_has_so_many_connections_and_one_that_ends_makes_room(string path)
    {
        await using var server = await StartAsync(On, ("Chat:Limits:ConnectionsPerUser", "2"));
        var token = server.Tokens.Of("ann");
        await using var hub = await server.ConnectHubAsync(token);
        await hub.MeAsync(); // it is open
        await using var raw = await RawClient.OpenAsync(server.Server.Url, "", token: token);
        await raw.NextAsync();
        using var http = server.ClientOf(token);

        using var refused = await OpenAsync(http, path);

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        (await refused.Content.ReadAsStringAsync()).Should()
            .Contain("this user has 2 connections, as many as one may have; retry in 5000 ms");
        await using var ben = await server.ConnectHubAsync(server.Tokens.Of("ben"));
        await raw.CloseAsync();
        await Eventually.HoldsAsync(async () =>
            (await OpenAsync(http, "/hubs/chat/negotiate")).StatusCode == HttpStatusCode.OK);
        (await server.Server.Operators.GetStringAsync("/metrics")).Should()
            .Contain("chat_rate_limited_total{limit=\"user_connections\"}");
    }

    // CH-207
    [Fact]
    public async Task The_SDK_waits_and_connects_when_there_is_room()
    {
        await using var server = await StartAsync(On, ("Chat:Limits:ConnectionsPerUser", "1"));
        var token = server.Tokens.Of("ann");
        var first = await server.ConnectHubAsync(token);
        await first.MeAsync(); // it is open
        await using var client = new ChatClient(server.OptionsOf(token) with { Reconnect = new ReconnectOptions() });
        var states = new RecordedStates();
        client.StateChanges.Subscribe(states);
        var starting = client.StartAsync();
        ConnectionStateChange refused;
        do refused = await states.UntilAsync(ConnectionState.Connecting);
        while (refused.Reason is null);
        refused.NextAttemptIn.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(4), "the server said 5 s");
        await first.DisposeAsync();
        await starting.WaitAsync(Bounds.Wait);
        await client.SendAsync(ConversationId.Lobby, "in the end").WaitAsync(Bounds.Wait);
    }

    // CH-205
    [Fact]
    public async Task The_SDKs_outbox_waits_for_a_users_limit_and_keeps_the_order()
    {
        const int count = 630; // 600 at once, then 10 per second
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var tokens = new TestTokens();
        await using var standing = await StandingServer.StartAsync(database.Settings,
            [.. tokens.Settings, ("Chat:Limits:SendsPerUserPerMinute", "30"), ("Chat:Limits:Factor", "20")]);
        var server = standing.Server;
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var token = tokens.Of("ann", change: claims =>
            (claims["iat"], claims["nbf"], claims["exp"]) = (now, now, now + 3_600));
        await using var chat = await ChatClient.ConnectAsync(ChatClientOptions.ForServer(server.Url) with
        {
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>(token),
        });
        await SendFlood.PassesAsync(standing, chat, count, "client_sends");
    }

    private static Task<TokenServer> StartAsync(params (string Name, string Value)[] settings) =>
        TokenServer.StartAsync(DatabaseKind.Sqlite, settings);

    private static Task<HttpResponseMessage> OpenAsync(HttpClient http, string path)
    {
        var request = new HttpRequestMessage(
            path.EndsWith("negotiate", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
        if (request.Method == HttpMethod.Get)
        {
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Upgrade", "websocket");
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        }
        return http.SendAsync(request);
    }

    private static async Task<string> RefusedAsync(Func<Task> call)
    {
        var refused = await call.Should().ThrowAsync<ChatRefusedException>();
        refused.Which.Code.Should().Be(ChatErrorCode.RateLimited);
        return refused.Which.Error.Message;
    }
}
