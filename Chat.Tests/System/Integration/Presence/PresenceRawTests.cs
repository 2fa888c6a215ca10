using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Presence;

/// <summary>CH-77: presence on raw sockets. And what a killed instance leaves behind, CH-72.</summary>
public sealed class PresenceRawTests(PresencePair pair) : IClassFixture<PresencePair>
{
    [Fact]
    public async Task A_socket_with_the_feature_gets_a_snapshot_with_each_join_and_then_the_changes()
    {
        await pair.StartAsync(DatabaseKind.Sqlite);
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "w-ann");
        var group = await ann.CreateGroupAsync("w-ann", "w-bob", "w-carl");
        await using var bob = await pair.A.ConnectRawAsync("w-bob", "presence");

        await bob.JoinAsync(group);
        Assert.Equal(
            $$"""{"type":"presence","conversation_id":"{{group}}","online_count":2,"users":[{"user_id":"w-ann","online":true,"last_seen_at":null},{"user_id":"w-bob","online":true,"last_seen_at":null},{"user_id":"w-carl","online":false,"last_seen_at":null}],"watching":true}""",
            await bob.NextTextAsync());

        var carl = await pair.B.ConnectRawAsync("w-carl");
        Assert.Equal(
            $$"""{"type":"presence_changed","conversation_id":"{{group}}","user_id":"w-carl","online":true,"last_seen_at":null}""", await bob.NextTextAsync());
        await carl.DisposeAsync();
        var left = await bob.UntilAsync("presence_changed");
        Assert.False(left.GetProperty("online").GetBoolean());
        await bob.SendAsync(new { type = "presence", conversation_id = group.ToString() });
        var asked = await bob.UntilAsync("presence");
        Assert.Equal(left.GetProperty("last_seen_at").GetString(),
            asked.GetProperty("users")[2].GetProperty("last_seen_at").GetString());
        await bob.SendAsync(new { type = "presence" });
        Assert.Equal("w-ann w-carl",
            string.Join(' ',
                (await bob.UntilAsync("presence")).GetProperty("users").EnumerateArray()
                    .Select(u => u.GetProperty("user_id").GetString())));
    }

    // CH-33, CH-34
    [Fact]
    public async Task Both_spellings_are_spoken_and_without_the_feature_there_is_no_such_frame()
    {
        await pair.StartAsync(DatabaseKind.Sqlite);
        await using var camel = await RawClient.ConnectAsync(pair.A.Url, "userId=s-ann&features=presence");
        await camel.SendAsync(new { type = "presence", conversationId = ConversationId.Lobby.ToString() });
        var answer = await camel.UntilAsync("presence");
        Assert.True(answer.GetProperty("onlineCount").GetInt32() > 0);
        Assert.False(answer.GetProperty("watching").GetBoolean()); // not joined
        Assert.Contains(answer.GetProperty("users").EnumerateArray(),
            u => u.GetProperty("userId").GetString() == "s-ann" && u.TryGetProperty("lastSeenAt", out _));

        await using var plain = await pair.A.ConnectRawAsync("s-bob");
        await plain.SendAsync(new { type = "presence", conversation_id = ConversationId.Lobby.ToString() });
        Assert.Equal("unsupported_type", (await plain.UntilErrorAsync()).GetProperty("code").GetString());
        await plain.JoinAsync(ConversationId.Lobby);
        await plain.MessageAsync(ConversationId.Lobby, "the next frame");
        Assert.Equal("message", (await plain.NextAsync()).GetProperty("type").GetString());
        await using var stranger = await pair.A.ConnectRawAsync("s-eve", "presence");
        await stranger.SendAsync(new { type = "presence", conversation_id = Guid.NewGuid().ToString() });
        Assert.Equal("forbidden", (await stranger.UntilErrorAsync()).GetProperty("code").GetString());
    }
}

/// <summary>CH-72: an instance that ends without a word.</summary>
public sealed class PresenceLeaseTests(PresencePair pair) : IClassFixture<PresencePair>
{
    [Fact]
    public async Task The_users_of_an_instance_that_is_not_heard_from_go_when_its_lease_is_over()
    {
        await pair.StartAsync(DatabaseKind.Sqlite, leaseSeconds: 10);
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "k-ann");
        var group = await ann.CreateGroupAsync("k-ann", "k-bob", "k-carl");
        await using var bob = await pair.B.ConnectHubAsync("k-bob");
        await using var carlHere = await pair.A.ConnectHubAsync("k-carl");
        await using var carlThere = await pair.B.ConnectHubAsync("k-carl");
        await ann.WatchAsync(group);
        if ((await ann.Hub.GetPresenceAsync(group)).OnlineCount < 3)
            Assert.True((await ann.NextOfAsync("k-bob")).Online);

        pair.CutB();

        var told = await ann.NextOfAsync("k-bob");
        while (told.Online) told = await ann.NextOfAsync("k-bob"); // as it came, when that was just after the question
        Assert.NotNull(told.LastSeenAt);
        var after = await ann.Hub.GetPresenceAsync(group);
        Assert.Equal(["k-ann True", "k-carl True", "k-bob False"], after.Users.Select(u => $"{u.UserId} {u.Online}"));
    }
}
