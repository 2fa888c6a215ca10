using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Tests.Specs.Transports;

/// <summary>The two spellings of raw sockets, and what one without features is sent.</summary>
public sealed class RawSpellingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    // CH-33
    [Theory]
    [InlineData("user_id", "conversation_id", "sender_id", "dedupe_key")]
    [InlineData("userId", "conversationId", "senderId", "dedupeKey")]
    public async Task Each_socket_speaks_its_own_spelling_and_understands_both(
        string parameter, string conversation, string sender, string key)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        await using var raw = await RawClient.OpenAsync(server.Url,
            $"{parameter}={TransportSpec.Unique("ann")}&features=seq,receipts");
        await raw.UntilAsync("connected");
        var lobby = $"{ConversationId.Lobby}";
        string[] inputs = [
            $$"""{"type":"join","conversation_id":"{{lobby}}","after_seq":0}""",
            $$"""{"type":"join","conversationId":"{{lobby}}","afterSeq":0}"""];
        foreach (var input in inputs)
        {
            await raw.SendAsync(input);
            var joined = await raw.UntilAsync("joined");
            Assert.Equal(lobby, joined.GetProperty(conversation).GetString());
            Assert.Equal(0, joined.GetProperty(conversation == "conversationId" ? "afterSeq" : "after_seq").GetInt64());
        }
        var unique = Guid.NewGuid().ToString("N");
        inputs = [
            $$"""{"type":"message","conversation_id":"{{lobby}}","attachment_url":"https://a.test/1","msg_type":1,"dedupe_key":"{{unique}}"}""",
            $$"""{"type":"message","conversationId":"{{lobby}}","attachmentUrl":"https://a.test/1","msgType":1,"dedupeKey":"{{unique}}"}"""];
        var stored = 0L;
        foreach (var (input, repeated) in inputs.Zip([false, true])) // one message, so the key was understood
        {
            await raw.SendAsync(input);
            var receipt = await raw.UntilAsync("receipt");
            Assert.Equal((unique, repeated),
                (receipt.GetProperty(key).GetString(), receipt.GetProperty("duplicate").GetBoolean()));
            stored = receipt.GetProperty("seq").GetInt64();
        }
        await raw.SendAsync(new { type = "join", conversation_id = lobby, after_seq = stored - 1 });
        await raw.UntilAsync("joined");
        var shown = (await raw.UntilAsync("message")).GetProperty("message");
        Assert.Equal(unique, shown.GetProperty(key).GetString());
        Assert.True(shown.TryGetProperty(sender, out _));
        Assert.Equal("https://a.test/1",
            shown.GetProperty(key == "dedupeKey" ? "attachmentUrl" : "attachment_url").GetString());
    }

    // CH-34
    [Fact]
    public async Task A_socket_without_features_is_sent_messages_and_nothing_else_whatever_happens()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var (ann, bob, carl) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bob"), TransportSpec.Unique("carl"));
        await using var hub = await server.ConnectHubAsync(bob);
        var group = (await hub.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(ann), UserId.Parse(bob)] })).Id;
        await using var plain = await RawClient.OpenAsync(server.Url, $"user_id={ann}");
        Assert.Equal("""{"type":"connected"}""", await plain.NextTextAsync());
        await plain.SendAsync($$"""{"type":"join","conversation_id":"{{group}}"}""");
        Assert.Equal($$"""{"type":"joined","conversation_id":"{{group}}"}""", await plain.NextTextAsync());

        await hub.JoinAsync(group);
        await hub.TypingAsync(group);
        await hub.SendAsync(group, "first");
        await hub.MarkReadAsync(group, 2);
        await hub.AddParticipantsAsync(group, [UserId.Parse(carl)]);
        await using (await server.ConnectHubAsync(carl)) { }
        await hub.RemoveParticipantAsync(group, UserId.Parse(carl));
        await hub.SendAsync(group, "second");
        foreach (var body in (string[])["first", "second"])
        {
            var frame = await plain.NextAsync();
            Assert.Equal(["type", "conversation_id", "message"], frame.EnumerateObject().Select(field => field.Name));
            Assert.Equal(
                ["id", "conversation_id", "sender_id", "created_at", "body", "msg_type", "attachment_url",
                    "attachment_meta", "dedupe_key"],
                frame.GetProperty("message").EnumerateObject().Select(field => field.Name));
            Assert.Equal(body, frame.GetProperty("message").GetProperty("body").GetString());
        }

        // Its own message comes back as a message, and there is no receipt before what is answered next.
        await plain.MessageAsync(group, "mine");
        Assert.Equal("mine", (await plain.NextAsync()).GetProperty("message").GetProperty("body").GetString());
        await plain.SendAsync($$"""{"type":"leave","conversation_id":"{{group}}"}""");
        Assert.Equal($$"""{"type":"left","conversation_id":"{{group}}"}""", await plain.NextTextAsync());
    }
}
