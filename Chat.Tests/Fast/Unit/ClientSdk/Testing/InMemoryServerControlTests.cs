using Chat.ClientSdk;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs;
using Chat.Tests.Unit.ClientSdk.Link;

namespace Chat.Tests.Unit.ClientSdk.Testing;

/// <summary>What the double offers to tests besides what every server promises
/// (<see cref="ChatServerSpec"/>).</summary>
public sealed class InMemoryServerControlTests
{
    private static readonly UserId Ann = UserId.Parse("ann");
    private static readonly UserId Ben = UserId.Parse("ben");

    [Fact]
    public async Task A_real_client_talks_to_it_and_comes_back_after_a_disconnect()
    {
        var server = new InMemoryChatServer();
        await using var chat = server.CreateClient(Ann);
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
        var group = server.CreateGroup(Ben, Ann);
        server.Post(group, Ben, "hello");
        Assert.Equal(2, (await chat.HistoryAsync(group)).Head);
        server.Disconnect(Ann);
        await states.UntilAsync(ConnectionState.Reconnecting);
        await states.UntilAsync(ConnectionState.Connected);
        await chat.MarkReadAsync(group, 2);
        Assert.Equal(2, server.LogOf(group).Count);
        Assert.Contains(await chat.ReadPositionsAsync(group), position => position == new ReadPosition(group, Ann, 2));
    }

    [Fact]
    public async Task While_it_refuses_connections_clients_keep_trying()
    {
        var server = new InMemoryChatServer { RefuseConnections = true };
        await using var chat = server.CreateClient(Ann);
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await chat.StartAsync();
        ConnectionStateChange change;
        do change = await states.NextAsync();
        while (change.Reason is null);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable,
            Assert.IsType<ChatConnectException>(change.Reason).Status);
        server.RefuseConnections = false;
        await chat.WaitUntilConnectedAsync().WaitAsync(Bounds.Wait);
        Assert.True(server.IsOnline(Ann));
        await chat.StopAsync();
        Assert.False(server.IsOnline(Ann));
    }

    [Fact]
    public async Task A_drain_request_moves_clients_while_they_stay_connected()
    {
        var server = new InMemoryChatServer();
        await using var chat = server.CreateClient(Ann);
        await chat.StartAsync();
        await chat.WaitUntilConnectedAsync();
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await states.NextAsync();
        server.RequestReconnect();
        for (var i = 0; i < 100; i++) await chat.ConversationsAsync().WaitAsync(Bounds.Wait);
        Assert.True(states.IsEmpty);
    }

    [Fact]
    public async Task Typing_ends_by_itself_and_with_a_message()
    {
        var time = new ManualTime();
        var world = new InMemoryWorld(time);
        await using var pair = await PairAsync(world);
        var (ann, ben) = pair;
        await ben.Hub.Join(ConversationId.Lobby);
        await ann.Hub.Join(ConversationId.Lobby);
        await ann.Hub.Typing(ConversationId.Lobby);
        await ann.Hub.Typing(ConversationId.Lobby); // no news
        Assert.Equal(new TypingChange(ConversationId.Lobby, Ann, true), await ben.Pushes.Signals.NextAsync());
        time.Advance(TimeSpan.FromSeconds(2));
        await ann.Hub.Typing(ConversationId.Lobby); // told again: it lasts
        Assert.Equal(new TypingChange(ConversationId.Lobby, Ann, true), await ben.Pushes.Signals.NextAsync());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(ben.Pushes.Signals.IsEmpty);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new TypingChange(ConversationId.Lobby, Ann, false), await ben.Pushes.Signals.NextAsync());
        await ann.Hub.Typing(ConversationId.Lobby);
        await ann.Hub.Send(ConversationId.Lobby, "said");
        Assert.Equal([1], await ben.Pushes.SequencesAsync(1));
        Assert.Equal(new TypingChange(ConversationId.Lobby, Ann, true), await ben.Pushes.Signals.NextAsync());
        Assert.Equal(new TypingChange(ConversationId.Lobby, Ann, false), await ben.Pushes.Signals.NextAsync());
    }

    [Fact]
    public async Task Presence_is_told_to_those_who_asked()
    {
        var time = new ManualTime();
        var world = new InMemoryWorld(time);
        await using var pair = await PairAsync(world);
        var (ann, ben) = pair;
        var group = (await ben.Hub.CreateConversation(new CreateConversation { ParticipantIds = [Ann] })).Id;
        await ben.Hub.Join(group);
        var here = await ben.Hub.GetPresence(group);
        Assert.Equal((2, true), (here.OnlineCount, here.Watching));
        Assert.Equal([new UserPresence(Ann, true, null)], (await ben.Hub.GetPresence()).Users);
        await ann.Connection.DisposeAsync();
        Assert.Equal(new PresenceChange(group, Ann, false, time.GetUtcNow()), await ben.Pushes.Signals.NextAsync());
        Assert.Equal(new PresenceChange(null, Ann, false, time.GetUtcNow()), await ben.Pushes.Signals.NextAsync());
    }

    // CH-260
    [Fact]
    public async Task A_log_that_is_put_back_brings_no_reactions_to_erased_messages_back()
    {
        var world = new InMemoryWorld(new ManualTime());
        await using var pair = await PairAsync(world);
        var (ann, ben) = pair;
        await ann.Hub.Send(ConversationId.Lobby, "one");
        await ann.Hub.Send(ConversationId.Lobby, "two");
        await ben.Hub.SetReactions(ConversationId.Lobby, 1, [":ok:"]);
        await ben.Hub.SetReactions(ConversationId.Lobby, 2, [":ok:"]);
        world.Erase(world.Find(ConversationId.Lobby)!, through: 1, user: null); // 5
        await ann.Hub.Send(ConversationId.Lobby, "lost");

        world.PutBack(ConversationId.Lobby, 5);

        Assert.Empty((await ben.Hub.Reactions(ConversationId.Lobby, 1)).Users);
        Assert.Equal([Ben], (await ben.Hub.Reactions(ConversationId.Lobby, 2)).Users.Select(one => one.UserId));
    }

    private static async Task<Pair> PairAsync(InMemoryWorld world)
    {
        var pair = new Pair(new Guest(world, Ann), new Guest(world, Ben));
        await pair.Ann.Connection.OpenAsync(pair.Ann.Pushes.Take, CancellationToken.None);
        await pair.Ben.Connection.OpenAsync(pair.Ben.Pushes.Take, CancellationToken.None);
        return pair;
    }

    private sealed record Pair(Guest Ann, Guest Ben) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Ann.Connection.DisposeAsync();
            await Ben.Connection.DisposeAsync();
        }
    }

    private sealed class Guest(InMemoryWorld world, UserId user)
    {
        public InMemoryConnection Connection { get; } = new(world, user);

        public RecordedPushes Pushes { get; } = new();

        public Contracts.Protocol.IChatHub Hub => Connection.Hub;
    }
}
