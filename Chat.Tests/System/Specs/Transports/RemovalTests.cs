using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>The very last things that someone who is removed is told.</summary>
public sealed class RemovalTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    // CH-8, CH-22, CH-23, CH-35
    [Fact]
    public async Task The_removal_is_the_last_entry_and_then_the_conversation_is_closed()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        await using var owner = await server.ConnectHubAsync("owner");
        var bob = UserId.Parse("bob");
        var conversation = (await owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("owner"), bob] })).Id;
        await using var raw = await server.ConnectRawAsync("bob", "seq");
        await raw.JoinAsync(conversation);
        await using var hub = await server.ConnectHubAsync("bob");
        var told = new Inbox<string>();
        hub.OnMessage(message => told.Add($"message {message.Sequence}"));
        hub.OnEntry(entry => told.Add($"{entry.Kind} {entry.Sequence}"));
        hub.OnConversationClosed(closed => told.Add($"closed {closed == conversation}"));
        await hub.JoinAsync(conversation);

        await owner.SendAsync(conversation, "before");
        await owner.RemoveParticipantAsync(conversation, bob);
        for (var i = 0; i < 20; i++) await owner.SendAsync(conversation, "after");

        Assert.Equal(["message 2", $"{EntryKind.ParticipantRemoved} 3", "closed True"], await told.TakeAsync(3));
        Assert.Equal(2, (await raw.NextAsync()).GetProperty("message").GetProperty("seq").GetInt64());
        var entry = (await raw.NextAsync()).GetProperty("entry");
        Assert.Equal(("participant_removed", 3),
            (entry.GetProperty("kind").GetString(), entry.GetProperty("seq").GetInt64()));
        Assert.Equal("left", (await raw.NextAsync()).GetProperty("type").GetString());
        // What is answered next shows that nothing came in between.
        await raw.SendAsync(new { type = "leave", conversation_id = conversation.ToString() });
        Assert.Equal("left", (await raw.NextAsync()).GetProperty("type").GetString());
        Assert.Equal(ChatErrorCode.Forbidden,
            (await Assert.ThrowsAsync<ChatRefusedException>(() => hub.JoinAsync(conversation))).Code);
        Assert.True(told.IsEmpty);

        await owner.AddParticipantsAsync(conversation, [bob]);
        await raw.JoinAsync(conversation, after: 3);
        Assert.Equal(4, (await raw.NextAsync()).GetProperty("message").GetProperty("seq").GetInt64());
    }
}
