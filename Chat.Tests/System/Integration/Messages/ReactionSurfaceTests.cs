using System.Net;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Events;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Servers;

namespace Chat.Tests.Integration.Messages;

/// <summary>Reactions over REST and raw sockets, and what a user's other connections are told.</summary>
/// <remarks>An entry tells nothing but the first change: so it is seen who is told of the others.</remarks>
public sealed class ReactionSurfaceTests()
    : OnRestServer(("Chat:Messages:ReactionIntervalMilliseconds", "60000"))
{
    private string Reactions => $"/api/v1/chat/{Id}/messages/2/reactions";

    // CH-252, CH-256
    [Fact]
    public async Task Reactions_are_set_and_listed_with_curl()
    {
        var (status, body) = await SendAsync(HttpMethod.Put, $"{Reactions}?user_id=ben", """{"keys":["👍",":ok:"]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var receipt = JsonDocument.Parse(body).RootElement;
        Assert.Equal(["status", "keys", "seq", "created_at", "duplicate"],
            receipt.EnumerateObject().Select(property => property.Name));
        Assert.Equal((3, false),
            (receipt.GetProperty("seq").GetInt64(), receipt.GetProperty("duplicate").GetBoolean()));
        (status, body) = await SendAsync(HttpMethod.Put, $"{Reactions}?user_id=ann", """{"keys":["👍"]}""");
        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null),
            (status, JsonDocument.Parse(body).RootElement.GetProperty("seq").ValueKind));

        var listed = JsonDocument.Parse((await Server.GetAsync($"{Reactions}?user_id=ben&key=:ok:")).Body).RootElement;
        Assert.Equal(["👍 2", ":ok: 1"], listed.GetProperty("counts").EnumerateArray()
            .Select(one => $"{one.GetProperty("key")} {one.GetProperty("count")}"));
        Assert.Equal(["ben"],
            listed.GetProperty("users").EnumerateArray().Select(one => one.GetProperty("user_id").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest,
            """{"error":"keys must be a list; an empty one takes all reactions away"}"""),
            await SendAsync(HttpMethod.Put, $"{Reactions}?user_id=ann", "{}"));
        Assert.Equal(HttpStatusCode.Forbidden,
            (await SendAsync(HttpMethod.Put, $"{Reactions}?user_id=eve", """{"keys":[]}""")).Status);
    }

    // CH-258, CH-259
    [Fact]
    public async Task A_raw_socket_reacts_and_asks_and_other_connections_of_its_user_are_told()
    {
        await using var raw = await RawAsync("user_id=ben&features=seq,reactions");
        await using var old = await RawAsync("user_id=ben&features=seq");
        await using var hub = await Server.ConnectHubAsync("ben");
        var own = new TaskCompletionSource<OwnReactions>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var heard = hub.OnOwnReactions(reactions => own.TrySetResult(reactions));
        await hub.JoinAsync(Id);

        await Ann.SetReactionsAsync(Id, 2, ["👍"]);
        var entry = (await raw.UntilAsync("entry")).GetProperty("entry");
        Assert.Equal(["id", "seq", "kind", "sender_id", "created_at", "target_seq", "counts", "changes"],
            entry.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["id", "seq", "kind", "sender_id", "created_at"],
            (await old.UntilAsync("entry")).GetProperty("entry").EnumerateObject().Select(property => property.Name));
        await raw.SendAsync(new { type = "react", conversation_id = Id, target_seq = 2, keys = new[] { ":ok:" } });
        var reacted = await raw.UntilAsync("reacted");
        Assert.Equal(JsonValueKind.Null, reacted.GetProperty("seq").ValueKind);
        Assert.Equal([":ok:"], reacted.GetProperty("keys").EnumerateArray().Select(key => key.GetString()));

        var told = await own.Task.WaitAsync(Bounds.Wait);
        Assert.Equal((Id, 2, ":ok:"), (told.ConversationId, told.TargetSequence, Assert.Single(told.Keys)));
        await hub.SetReactionsAsync(Id, 2, []);
        var frame = await raw.UntilAsync("own_reactions"); // not of its own, which came before
        Assert.Equal((2, 0), (frame.GetProperty("target_seq").GetInt64(), frame.GetProperty("keys").GetArrayLength()));
        await raw.SendAsync(new { type = "reactions", conversation_id = Id, target_seq = 2 });
        Assert.Equal("ann", (await raw.UntilAsync("reactions")).GetProperty("users")[0].GetProperty("user_id")
            .GetString());
        await old.SendAsync(new { type = "react", conversation_id = Id, target_seq = 2, keys = new[] { ":ok:" } });
        Assert.Equal("unsupported_type", (await old.UntilErrorAsync()).GetProperty("code").GetString());
    }
}
