using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>With tokens every transport knows its caller from the token, and from nothing else.</summary>
public sealed class TokenModeTests
{
    private static readonly string[] Transports = ["WebSockets", "ServerSentEvents", "LongPolling"];

    // CH-160
    [Fact]
    public Task The_hub_takes_the_caller_from_the_token_over_each_of_its_transports() =>
        The_hub_takes_the_caller_from_the_token_over_each_of_its_transports_on(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task The_hub_takes_the_caller_from_the_token_over_each_of_its_transports_on_PostgreSQL() =>
        The_hub_takes_the_caller_from_the_token_over_each_of_its_transports_on(DatabaseKind.Postgres);

    private static async Task The_hub_takes_the_caller_from_the_token_over_each_of_its_transports_on(DatabaseKind kind)
    {
        await using var server = await TokenServer.StartAsync(kind);
        foreach (var transport in Transports)
            foreach (var token in (string[])[server.Tokens.Of("ann"), server.Site.SignRs256(IssuerSite.Claims("ann")),
                server.Site.SignEs256(IssuerSite.Claims("ann"))])
            {
                await using var hub = await server.ConnectHubAsync(token, Enum.Parse<ChatTransports>(transport));
                var me = await hub.MeAsync();
                Assert.Equal((UserId.Parse("ann"), "default"), (me.UserId, me.Tenant));
                Assert.InRange(me.ExpiresInSeconds!.Value, 3_500, 3_600);
                var receipt = await hub.SendAsync(ConversationId.Lobby, $"by {transport}");
                Assert.True(receipt.Sequence > 0);
            }
    }

    // CH-160
    [Fact]
    public async Task Raw_sockets_take_it_in_the_header_or_in_the_address()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var token = server.Tokens.Of("ann", change: claims => claims["name"] = "Ann A.");
        await using var inAddress = await RawClient.OpenAsync(
            server.Server.Url, $"features=auth&access_token={token}");
        var connected = await inAddress.NextAsync();
        Assert.Equal(("ann", "default", "Ann A."), (connected.GetProperty("user_id").GetString(),
            connected.GetProperty("tenant").GetString(), connected.GetProperty("name").GetString()));
        Assert.Equal("user", connected.GetProperty("roles")[0].GetString());
        Assert.InRange(connected.GetProperty("expires_in_seconds").GetInt64(), 3_500, 3_600);
        await using var inHeader = await RawClient.OpenAsync(server.Server.Url, "features=auth", token: token);
        Assert.Equal("ann", (await inHeader.NextAsync()).GetProperty("user_id").GetString());
        await inHeader.JoinAsync(ConversationId.Lobby);
        await inAddress.JoinAsync(ConversationId.Lobby);
        await inHeader.MessageAsync(ConversationId.Lobby, "hello");
        var message = (await inAddress.UntilAsync("message")).GetProperty("message");
        Assert.Equal("ann", message.GetProperty("sender_id").GetString());
    }

    // CH-161
    [Fact]
    public Task Over_REST_names_may_be_left_out_or_be_the_tokens_and_no_others() =>
        Over_REST_names_may_be_left_out_or_be_the_tokens_and_no_others_on(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task Over_REST_names_may_be_left_out_or_be_the_tokens_and_no_others_on_PostgreSQL() =>
        Over_REST_names_may_be_left_out_or_be_the_tokens_and_no_others_on(DatabaseKind.Postgres);

    private static async Task Over_REST_names_may_be_left_out_or_be_the_tokens_and_no_others_on(DatabaseKind kind)
    {
        await using var server = await TokenServer.StartAsync(kind);
        using var http = server.ClientOf(server.Tokens.Of("ann"));
        var created = await PostAsync(http, "/api/v1/chat", new { participant_ids = new[] { "bob" } });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Body.GetProperty("id").GetString();
        // Who makes a conversation takes part in it.
        Assert.Equal(HttpStatusCode.Accepted,
            (await PostAsync(http, $"/api/v1/chat/{id}", new { body = "hi" })).Status);
        Assert.Equal(HttpStatusCode.Accepted,
            (await PostAsync(http, $"/api/v1/chat/{id}", new { sender_id = "ann", body = "hi" })).Status);
        await IsMismatchAsync(await http.PostAsJsonAsync($"/api/v1/chat/{id}", new { sender_id = "bob", body = "hi" }));
        foreach (var path in (string[])["/api/v1/chat", $"/api/v1/chat/{id}/messages", "/api/v1/me"])
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{path}?user_id=ann")).StatusCode);
            await IsMismatchAsync(await http.GetAsync($"{path}?user_id=bob"));
            await IsMismatchAsync(await http.GetAsync($"{path}?userId=bob"));
        }
        using var stranger = server.ClientOf(server.Tokens.Of("eve"));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/api/v1/chat/{id}/messages")).StatusCode);
    }

    // CH-161
    [Fact]
    public async Task The_room_takes_the_client_from_the_token()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        using var http = server.ClientOf(server.Tokens.Of("ann"));
        var joined = await PostAsync(http, "/api/join", new { });
        Assert.Equal("ann", joined.Body.GetProperty("client_id").GetString());
        Assert.Equal(HttpStatusCode.OK,
            (await PostAsync(http, "/api/send", new { client_id = "ann", message = "hello" })).Status);
        await IsMismatchAsync(await http.PostAsJsonAsync("/api/send", new { client_id = "bob", message = "hello" }));
        await IsMismatchAsync(await http.GetAsync("/api/messages?client_id=bob&after_id=0"));
        var polled = await http.GetFromJsonAsync<JsonElement>("/api/messages?after_id=0");
        Assert.Equal("ann", polled.GetProperty("messages")[0].GetProperty("sender_id").GetString());
    }

    // CH-161
    [Fact]
    public async Task A_socket_that_names_another_user_than_its_token_is_refused()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        using var http = server.ClientOf(server.Tokens.Of("ann"));
        await IsMismatchAsync(await http.PostAsync("/hubs/chat/negotiate?negotiateVersion=1&user_id=bob", null));
        await IsMismatchAsync(await http.GetAsync("/api/v1/chat/ws?user_id=bob"));
        await using var hub = new ChatHubConnection(
            server.OptionsOf(server.Tokens.Of("ann")) with { UserId = UserId.Parse("bob") });
        var refused = await Assert.ThrowsAsync<ChatConnectException>(() => hub.StartAsync());
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    // CH-162
    [Fact]
    public async Task Requests_that_name_a_hub_connection_are_taken_from_its_own_caller_only()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        using var ann = server.ClientOf(server.Tokens.Of("ann"));
        using var ben = server.ClientOf(server.Tokens.Of("ben"));
        var negotiated = await PostAsync(ann, "/hubs/chat/negotiate?negotiateVersion=1", new { });
        var path = $"/hubs/chat?id={negotiated.Body.GetProperty("connectionToken").GetString()}";
        // Before it is open, and once it is.
        await IsMismatchAsync(await ben.GetAsync(path));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync(path)).StatusCode);
        const string handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
        await IsMismatchAsync(await ben.PostAsync(path, new StringContent(handshake)));
        (await ann.PostAsync(path, new StringContent(handshake))).EnsureSuccessStatusCode();
        Assert.Contains("{}", await ann.GetStringAsync(path), StringComparison.Ordinal);
        await IsMismatchAsync(await ben.PostAsync(path, new StringContent(
            $$"""{"type":1,"invocationId":"1","target":"Me","arguments":[]}""" + "\u001e")));
        await IsMismatchAsync(await ben.GetAsync(path));
        await IsMismatchAsync(await ben.DeleteAsync(path));
        (await ann.PostAsync(path, new StringContent(
            """{"type":1,"invocationId":"1","target":"Me","arguments":[]}""" + "\u001e"))).EnsureSuccessStatusCode();
        Assert.Contains("\"userId\":\"ann\"", await UntilAsync(ann, path, "invocationId"), StringComparison.Ordinal);
    }

    // CH-160
    [Fact]
    public async Task The_name_in_a_token_is_what_others_are_shown()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var ann = await server.ConnectHubAsync(
            server.Tokens.Of("ann", change: claims => claims["name"] = "Ann Ásgeir"));
        await using var ben = await server.ConnectHubAsync(server.Tokens.Of("ben"));
        await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse("ben")] });
        await Eventually.HoldsAsync(async () =>
            (await ben.UsersAsync([UserId.Parse("ann")])).Single().Name == "Ann Ásgeir");
    }

    // CH-163
    [Fact]
    public async Task When_the_token_expires_every_connection_that_it_opened_ends()
    {
        var (time, life) = (new LeapingTime(), TimeSpan.FromMinutes(10));
        await using var server = await TokenServer.StartAsync(time);
        var token = server.Tokens.Of("ann", life);
        var hubs = new List<(ChatHubConnection Hub, Task<Exception?> Closed)>();
        foreach (var transport in Transports)
        {
            var hub = new ChatHubConnection(server.OptionsOf(token) with
            {
                Transports = Enum.Parse<ChatTransports>(transport),
            });
            var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.Closed += reason =>
            {
                closed.TrySetResult(reason);
                return Task.CompletedTask;
            };
            await hub.StartAsync();
            hubs.Add((hub, closed.Task));
        }
        await using var raw = await RawClient.OpenAsync(server.Server.Url, $"access_token={token}");
        using var http = server.ClientOf(token);
        await PostAsync(http, "/api/join", new { });
        var poll = http.GetAsync("/api/messages?after_id=0");
        var open = server.Server.Services.GetRequiredService<ConnectionRegistry>();
        await Eventually.HoldsAsync(() => open.All.Count() == Transports.Length + 2); // the poll waits, too

        time.Leap(life);
        Assert.Equal((int)CloseReason.TokenExpired, await raw.Ended.WaitAsync(Bounds.Wait));
        foreach (var (hub, closed) in hubs)
        {
            await closed.WaitAsync(Bounds.Wait);
            await hub.DisposeAsync();
        }
        Assert.Contains(ChatErrorCodes.TokenExpired, (await hubs[0].Closed)!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await poll.WaitAsync(Bounds.Wait)).StatusCode);
        using var late = await http.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        Assert.StartsWith(
            "{\"error\":\"token_expired: ", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("", server.Server.TakeErrors());
    }

    // CH-164
    [Fact]
    public async Task Tokens_of_an_issuer_whose_keys_are_not_to_be_had_are_answered_503()
    {
        await using var site = await IssuerSite.StartAsync();
        site.IsUp = false;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, site.Settings);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", site.SignRs256(IssuerSite.Claims("ann")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/health/ready")).StatusCode);
        site.IsUp = true;
        await Eventually.HoldsAsync(async () => (await http.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
        // From then on it is asked no more, for any user.
        var asked = site.Asked;
        for (var i = 0; i < 20; i++)
            await http.GetAsync("/api/v1/me");
        Assert.Equal(asked, site.Asked);
    }

    [Fact]
    public async Task Nothing_of_the_frameworks_ticket_stays_with_a_request()
    {
        var hadTicket = new Inbox<bool>();
        var watch = new RequestEnds(http => hadTicket.Add(
            http.Features.Get<IAuthenticationFeature>() is not null
            || http.Features.Get<IAuthenticateResultFeature>() is not null
            || http.User.Identity?.IsAuthenticated == true));
        var tokens = new TestTokens();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            services => services.AddSingleton<IStartupFilter>(watch), tokens.Settings);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Authorization = new("Bearer", tokens.Of("ann"));
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(await hadTicket.NextAsync()); // the request may end after its answer
    }

    private static async Task<string> UntilAsync(HttpClient http, string path, string text)
    {
        while (true)
            if (await http.GetStringAsync(path).WaitAsync(Bounds.Wait) is var answer
                && answer.Contains(text, StringComparison.Ordinal)) return answer;
    }

    private static async Task IsMismatchAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.StartsWith("{\"error\":\"identity_mismatch: ", await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
