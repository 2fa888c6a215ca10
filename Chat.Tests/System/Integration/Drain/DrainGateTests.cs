using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Hosting.Drain;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Drain;

/// <summary>What an instance that is on its way out still does, and what it refuses (CH-81, CH-82).</summary>
public sealed class DrainGateTests
{
    [Fact]
    public async Task Once_announced_it_is_not_ready_answers_close_their_connection_and_connections_are_still_taken()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        using (var before = await server.Http.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
            Assert.NotEqual(true, before.Headers.ConnectionClose);
        }
        Assert.True(server.Services.GetRequiredService<DrainState>().TryAnnounce());
        using var ready = await server.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"not ready","failing":{"server":"shutting down"}}""",
            await ready.Content.ReadAsStringAsync());
        Assert.True(ready.Headers.ConnectionClose);
        Assert.Contains("chat_draining 1", await server.Operators.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await using var raw = await server.ConnectRawAsync("ann");
        await using var hub = await server.ConnectHubAsync("bob");
    }

    [Fact]
    public async Task While_it_drains_new_connections_get_503_polls_are_answered_at_once_and_open_connections_work()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var raw = await server.ConnectRawAsync("ann", "receipts");
        await raw.JoinAsync(ConversationId.Lobby);
        await using var polling = await server.ConnectHubAsync("bob",
            options => options with { Transports = Chat.ClientSdk.ChatTransports.LongPolling });
        (await server.Http.PostAsJsonAsync("/api/join", new { client_id = "cem" })).EnsureSuccessStatusCode();
        var waiting = server.Http.GetAsync("/api/messages?client_id=cem");
        await WaitForPollAsync(server);
        await server.Services.GetRequiredService<DrainState>().LeaveAsync();

        using var answered = await waiting.WaitAsync(Bounds.Wait);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.True(answered.Headers.ConnectionClose);
        using var another = await server.Http.GetAsync("/api/messages?client_id=cem").WaitAsync(Bounds.Wait);
        Assert.Equal(0,
            (await another.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages").GetArrayLength());

        using var negotiate = await server.Http.PostAsync("/hubs/chat/negotiate?user_id=eve&negotiateVersion=1", null);
        await AssertRefusedAsync(negotiate);
        using var events = new HttpRequestMessage(HttpMethod.Get, "/hubs/chat?user_id=eve&id=x")
        {
            Headers = { { "Accept", "text/event-stream" } }
        };
        using var stream = await server.Http.SendAsync(events);
        await AssertRefusedAsync(stream);
        foreach (var path in new[] { "/api/v1/chat/ws", "/hubs/chat" })
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await UpgradeAsync(server, path));
        // A poll of a connection that another instance negotiated: a proxy that tries again on 503 finds it there.
        using var foreign = await server.Http.GetAsync("/hubs/chat?user_id=eve&id=elsewhere");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, foreign.StatusCode);

        await raw.MessageAsync(ConversationId.Lobby, "still here");
        Assert.Equal(1, (await raw.UntilAsync("receipt")).GetProperty("seq").GetInt64());
        Assert.Equal(2, (await polling.SendAsync(ConversationId.Lobby, "so am I")).Sequence);
        using var sent = await server.Http.PostAsJsonAsync("/api/send", new { client_id = "cem", message = "and I" });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.True(answer.Headers.ConnectionClose);
        Assert.Equal("""{"error":"this server is shutting down: connect again, to another one if there is one"}""",
            await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> UpgradeAsync(TestServer server, string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}{path}?user_id=eve"),
                CancellationToken.None));
        return socket.HttpStatusCode;
    }

    private static async Task WaitForPollAsync(TestServer server)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        while (!(await server.Operators.GetStringAsync("/metrics", bound.Token)).Contains(
            "chat_connections{transport=\"long_poll\"} 1", StringComparison.Ordinal)) await Task.Yield();
    }
}
