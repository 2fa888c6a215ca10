using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>A connection is given a new token, and goes on.</summary>
public sealed class RefreshTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(10);

    // CH-170
    [Fact]
    public async Task A_connection_with_a_new_token_outlives_its_first_one_on_every_transport()
    {
        var time = new LeapingTime();
        await using var server = await TokenServer.StartAsync(time);
        var first = server.Tokens.Of("ann", Short);
        var witness = await RawClient.OpenAsync(server.Server.Url, "features=auth,seq", token: first);
        await using var raw = await RawClient.OpenAsync(server.Server.Url, "features=auth,seq", token: first);
        await raw.JoinAsync(ConversationId.Lobby);
        List<(HubConnection Hub, Inbox<MessageEntry> Read, ConcurrentQueue<Exception?> Lost)> hubs = [];
        foreach (var (transport, stateful) in ((HttpTransportType, bool)[])[
            (HttpTransportType.WebSockets, false), (HttpTransportType.WebSockets, true),
            (HttpTransportType.ServerSentEvents, false), (HttpTransportType.LongPolling, false)])
        {
            var token = first;
            var hub = Build(server, () => token, transport, stateful);
            var (read, lost) = (new Inbox<MessageEntry>(), new ConcurrentQueue<Exception?>());
            hub.On<MessageEntry>("MessageReceived", read.Add);
            hub.Closed += reason =>
            {
                lost.Enqueue(reason);
                return Task.CompletedTask;
            };
            await hub.StartAsync();
            await hub.InvokeAsync("Join", ConversationId.Lobby, null);
            hubs.Add((hub, read, lost));
            token = server.Tokens.Of("ann", change: claims => claims["name"] = "Ann R.");
            var me = await hub.InvokeAsync<CallerIdentity>("Refresh", token);
            Assert.Equal(("ann", "Ann R."), (me.UserId.Value, me.Name));
            Assert.InRange(me.ExpiresInSeconds!.Value, 3_500, 3_600);
        }
        await raw.SendAsync(new { type = "refresh", token = server.Tokens.Of("ann") });
        Assert.InRange(
            (await raw.UntilAsync("refreshed")).GetProperty("expires_in_seconds").GetInt64(), 3_500, 3_600);

        time.Leap(Short);
        Assert.Equal((int)CloseReason.TokenExpired, await witness.Ended.WaitAsync(Bounds.Wait));
        await witness.DisposeAsync();

        await raw.MessageAsync(ConversationId.Lobby, "still here");
        Assert.Equal("still here",
            (await raw.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        foreach (var (hub, read, lost) in hubs)
        {
            Assert.Equal("still here", (await read.NextAsync()).Body);
            Assert.InRange((await hub.InvokeAsync<CallerIdentity>("Me")).ExpiresInSeconds!.Value, 2_000, 3_000);
            Assert.Empty(lost);
            await hub.DisposeAsync();
        }
        Assert.Equal("", server.Server.TakeErrors());
    }

    // CH-171
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_that_is_refused_leaves_the_connection_as_it_was(bool isRaw)
    {
        var time = new LeapingTime();
        await using var server = await TokenServer.StartAsync(time);
        var first = server.Tokens.Of("ann", Short);
        await using var hub = await HubTextClient.ConnectAsync(server.Server.Url, "ann", first);
        await using var raw = await RawClient.OpenAsync(server.Server.Url, "features=auth", token: first);
        foreach (var (token, code) in ((string, string)[])[
            ("", ChatErrorCodes.BadRequest), ("nonsense", ChatErrorCodes.TokenInvalid),
            (new TestTokens().Of("ann"), ChatErrorCodes.TokenInvalid),
            (server.Tokens.Of("ann", change: Expired), ChatErrorCodes.TokenExpired)])
            Assert.Equal(code, isRaw ? await RefuseRawAsync(raw, token) : await RefuseHubAsync(hub, token));
        // With the end that it had.
        time.Leap(Short);
        if (isRaw) Assert.Equal((int)CloseReason.TokenExpired, await raw.Ended.WaitAsync(Bounds.Wait));
        else await UntilCloseAsync(hub, ChatErrorCodes.TokenExpired, allowReconnect: true);
    }

    // CH-171
    [Fact]
    public async Task A_token_of_another_user_is_refused_and_ends_the_connection()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await using var hub = await HubTextClient.ConnectAsync(server.Server.Url, "ann", server.Tokens.Of("ann"));
        Assert.Equal(ChatErrorCodes.IdentityMismatch, await RefuseHubAsync(hub, server.Tokens.Of("ben")));
        await UntilCloseAsync(hub, ChatErrorCodes.IdentityMismatch, allowReconnect: false);

        await using var raw =
            await RawClient.OpenAsync(server.Server.Url, "features=auth", token: server.Tokens.Of("ann"));
        Assert.Equal(ChatErrorCodes.IdentityMismatch, await RefuseRawAsync(raw, server.Tokens.Of("ben")));
        Assert.Equal((int)CloseReason.Forbidden, await raw.Ended.WaitAsync(Bounds.Wait));
        Assert.Equal("", server.Server.TakeErrors());
    }

    // CH-171
    [Fact]
    public async Task An_open_server_has_no_tokens_to_renew_and_a_socket_without_the_feature_no_frame_for_it()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var hub = await HubTextClient.ConnectAsync(server.Url, "ann");
        Assert.Equal(ChatErrorCodes.BadRequest, await RefuseHubAsync(hub, "x.y.z"));
        await using var raw = await server.ConnectRawAsync("ann", "auth");
        Assert.Equal(ChatErrorCodes.BadRequest, await RefuseRawAsync(raw, "x.y.z"));
        await using var plain = await server.ConnectRawAsync("ann", "seq");
        Assert.Equal(ChatErrorCodes.UnsupportedType, await RefuseRawAsync(plain, "x.y.z"));
    }

    private static HubConnection Build(
        TokenServer server, Func<string> token, HttpTransportType transport, bool stateful)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server.Server.Url, "hubs/chat"), transport,
            options => options.AccessTokenProvider = () => Task.FromResult<string?>(token()));
        if (stateful) builder.WithStatefulReconnect();
        return builder.Build();
    }

    private static void Expired(JsonObject claims) =>
        (claims["iat"], claims["exp"]) = ((long)claims["iat"]! - 60, (long)claims["iat"]! - 1);

    private static async Task<string?> RefuseHubAsync(HubTextClient hub, string token)
    {
        var answer = await hub.InvokeAsync("Refresh", $"\"{token}\"");
        return ChatError.FromHubText(answer.GetProperty("error").GetString()!)?.Code.ToWire();
    }

    private static async Task<string?> RefuseRawAsync(RawClient raw, string token)
    {
        await raw.SendAsync(new { type = "refresh", token });
        return (await raw.UntilErrorAsync()).GetProperty("code").GetString();
    }

    private static async Task UntilCloseAsync(HubTextClient hub, string text, bool allowReconnect)
    {
        while (true)
        {
            var message = JsonDocument.Parse(await hub.NextTextAsync()).RootElement;
            if (message.GetProperty("type").GetInt32() != 7) continue;
            Assert.Equal(text, message.GetProperty("error").GetString());
            Assert.Equal(allowReconnect, message.TryGetProperty("allowReconnect", out var may) && may.GetBoolean());
            return;
        }
    }
}
