using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures.Membership;

namespace Chat.Tests.Integration.Membership;

/// <summary>CH-24 on the hub, in both protocols: nobody waits for an answer before the next call.</summary>
public sealed class CallOrderTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const int Rounds = 10;

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await fixture.StartAsync(DatabaseKind.Sqlite);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_joins_and_leaves_has_left(bool isBinary)
    {
        for (var i = 0; i < Rounds; i++)
        {
            await using var ann = await ConnectAsync("ann", isBinary);
            await Task.WhenAll(ann.JoinAsync(0), ann.LeaveAsync());
            Assert.Null(await ann.SendAsync("not shown to ann"));
            Assert.Null(await ann.SendAsync("nor this"));
            var told = ann.View.Told.SkipWhile(told => told is not { Kind: ToldKind.Answered, Call: 1 });
            Assert.Single(told); // the answer of the leave, and nothing after it
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_is_added_before_a_message_is_in_before_it(bool isBinary)
    {
        for (var i = 0; i < Rounds; i++)
        {
            await using var ann = await ConnectAsync("ann", isBinary);
            Assert.All(await Task.WhenAll(ann.AddAsync("bob"), ann.SendAsync("welcome bob")), Assert.Null);
            Assert.Equal(["conversationCreated", "participantsAdded", "welcome bob"], await LogAsync(ann));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_is_removed_before_a_message_is_out_before_it(bool isBinary)
    {
        for (var i = 0; i < Rounds; i++)
        {
            await using var ann = await ConnectAsync("ann", isBinary);
            Assert.All(await Task.WhenAll(ann.RemoveAsync("dan"), ann.SendAsync("without dan")), Assert.Null);
            Assert.Equal(["conversationCreated", "participantRemoved", "without dan"], await LogAsync(ann));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_is_added_and_removed_is_out(bool isBinary)
    {
        for (var i = 0; i < Rounds; i++)
        {
            await using var ann = await ConnectAsync("ann", isBinary);
            Assert.All(await Task.WhenAll(ann.AddAsync("cat"), ann.RemoveAsync("cat")), Assert.Null);
            Assert.Equal(["conversationCreated", "participantsAdded", "participantRemoved"], await LogAsync(ann));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_several_mutes_the_last_holds_and_a_list_has_the_marks_before_it(bool isBinary)
    {
        await using var ann = await ConnectAsync("ann", isBinary);
        var where = $"\"{ann.Conversation}\"";
        for (var i = 0; i < Rounds; i++)
        {
            var muted = i % 2 == 0;
            var calls = await Task.WhenAll(
                ann.InvokeAsync("SetMuted", $"{where},{(muted ? "false" : "true")}"),
                ann.InvokeAsync("SetMuted", $"{where},{(muted ? "true" : "false")}"),
                ann.InvokeAsync("Conversations", ""));
            Assert.All(calls, call => Assert.Null(HubDevice.RefusalOf(call)));
            var mine = calls[2].GetProperty("result").EnumerateArray()
                .Single(c => c.GetProperty("id").GetString() == ann.Conversation.ToString());
            Assert.Equal(muted, mine.GetProperty("isMuted").GetBoolean());
        }
    }

    /// <summary>The connection of a user with a group of its own, in which dan is too.</summary>
    private async Task<HubDevice> ConnectAsync(string user, bool isBinary)
    {
        await using var maker = await HubDevice.ConnectAsync(_server.Url, user, default, isBinary);
        var made = await maker.InvokeAsync("CreateConversation", """{"participantIds":["dan"]}""");
        var conversation = new ConversationId(made.GetProperty("result").GetProperty("id").GetGuid());
        return await HubDevice.ConnectAsync(_server.Url, user, conversation, isBinary);
    }

    private static async Task<List<string?>> LogAsync(HubDevice hub)
    {
        var page = await hub.InvokeAsync("History", $"\"{hub.Conversation}\"");
        return [.. page.GetProperty("result").GetProperty("entries").EnumerateArray().Select(Name)];
    }

    private static string? Name(JsonElement entry) =>
        entry.TryGetProperty("body", out var body) ? body.GetString() : entry.GetProperty("kind").GetString();
}
