using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>CH-60 to CH-67: typing and read positions, between two instances and between transports.</summary>
public abstract class SignalSpec(PairFixture pair) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _clients = [];
    private readonly string _ann = TransportSpec.Unique("ann");
    private readonly string _bob = TransportSpec.Unique("bob");

    internal abstract DatabaseKind Kind { get; }

    // So short that a lost client is seen to have ceased within a test, so long that nothing else in a test takes that
    // long.
    public Task InitializeAsync() => pair.StartAsync(Kind, ("Chat:Signals:TypingExpiryMilliseconds", "3000"),
        ("Chat:Signals:TypingThrottleMilliseconds", "200"));

    public async Task DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        Assert.Equal("", pair.First.TakeErrors() + pair.Second.TakeErrors());
    }

    [SpecFact]
    public async Task Typing_crosses_instances_and_transports_both_ways_and_never_comes_to_the_typist()
    {
        var conversation = await CreateAsync();
        var (ann, annSees) = await HubAsync(pair.First, _ann, conversation);
        var annOther = await RawAsync(pair.Second, _ann, conversation, "typing");
        var (bob, bobSees) = await HubAsync(pair.Second, _bob, conversation);
        var bobRaw = await RawAsync(pair.Second, _bob, conversation, "typing");
        var bobCamel = await RawAsync(pair.First, _bob, conversation, "typing", parameter: "userId");
        var bobPlain = await RawAsync(pair.Second, _bob, conversation, "seq");

        await ann.TypingAsync(conversation);
        Assert.Equal(new TypingChange(conversation, UserId.Parse(_ann), true), await bobSees.NextAsync());
        Assert.Equal($$"""{"type":"typing","conversation_id":"{{conversation}}","user_id":"{{_ann}}","typing":true}""",
            await bobRaw.NextTextAsync());
        Assert.Equal($$"""{"type":"typing","conversationId":"{{conversation}}","userId":"{{_ann}}","typing":true}""",
            await bobCamel.NextTextAsync());
        await ann.TypingAsync(conversation, isTyping: false);
        Assert.Equal(new TypingChange(conversation, UserId.Parse(_ann), false), await bobSees.NextAsync());
        Assert.False((await bobRaw.NextAsync()).GetProperty("typing").GetBoolean());

        await bobRaw.SendAsync(new { type = "typing", conversation_id = conversation.ToString() });
        Assert.Equal(new TypingChange(conversation, UserId.Parse(_bob), true), await annSees.NextAsync());
        // nothing of ann herself came before
        Assert.Equal(_bob, (await annOther.NextAsync()).GetProperty("user_id").GetString());
        await bobRaw.SendAsync(new { type = "typing", conversation_id = conversation.ToString(), typing = false });
        Assert.Equal(new TypingChange(conversation, UserId.Parse(_bob), false), await annSees.NextAsync());

        // A message by the same road shows what did not come: nothing of one's own, nothing that was not asked for.
        await bob.SendAsync(conversation, "done");
        Assert.Equal("message", (await bobRaw.NextAsync()).GetProperty("type").GetString());
        Assert.Equal("message", (await bobPlain.NextAsync()).GetProperty("type").GetString());
        Assert.True(bobSees.IsEmpty);
    }

    [SpecFact]
    public async Task A_typist_who_sends_or_vanishes_has_ceased_to_type_on_every_instance()
    {
        var conversation = await CreateAsync();
        var (_, here) = await HubAsync(pair.First, _bob, conversation);
        var (_, there) = await HubAsync(pair.Second, _bob, conversation);
        var ann = await RawAsync(pair.First, _ann, conversation, "typing");

        await ann.SendAsync(new { type = "typing", conversation_id = conversation.ToString() });
        foreach (var sees in new[] { here, there }) Assert.True((await sees.NextAsync()).IsTyping);
        await ann.MessageAsync(conversation, "sent");
        foreach (var sees in new[] { here, there }) Assert.False((await sees.NextAsync()).IsTyping);

        await ann.SendAsync(new { type = "typing", conversation_id = conversation.ToString() });
        foreach (var sees in new[] { here, there }) Assert.True((await sees.NextAsync()).IsTyping);
        ann.Cut();
        foreach (var sees in new[] { here, there }) Assert.False((await sees.NextAsync()).IsTyping);
    }

    // CH-65
    [SpecFact]
    public async Task Read_positions_cross_instances_and_transports_both_ways_and_come_to_ones_other_devices()
    {
        var conversation = await CreateAsync();
        var (ann, _, annSees) = await HubWithReadsAsync(pair.First, _ann, conversation);
        var annOther = await RawAsync(pair.Second, _ann, conversation, "receipts");
        var (bob, _, bobSees) = await HubWithReadsAsync(pair.Second, _bob, conversation);
        var bobRaw = await RawAsync(pair.First, _bob, conversation, "receipts");
        for (var i = 0; i < 4; i++) await ann.SendAsync(conversation, "hello"); // the newest sequence is 5
        for (var i = 0; i < 4; i++)
            Assert.Equal("message", (await annOther.NextAsync()).GetProperty("type").GetString());
        for (var i = 0; i < 4; i++) Assert.Equal("message", (await bobRaw.NextAsync()).GetProperty("type").GetString());

        await ann.MarkReadAsync(conversation, 3);
        var read = new ReadPosition(conversation, UserId.Parse(_ann), 3);
        Assert.Equal([read, read], [await annSees.NextAsync(), await bobSees.NextAsync()]);
        var frame = $$"""{"type":"read","conversation_id":"{{conversation}}","user_id":"{{_ann}}","seq":3}""";
        Assert.Equal([frame, frame], [await annOther.NextTextAsync(), await bobRaw.NextTextAsync()]);

        await ann.MarkReadAsync(conversation, 2); // it never goes back, and what did not move is not told
        // at most to the newest entry
        await bobRaw.SendAsync(new { type = "read", conversation_id = conversation.ToString(), seq = 1_000 });
        read = new ReadPosition(conversation, UserId.Parse(_bob), 5);
        Assert.Equal([read, read], [await annSees.NextAsync(), await bobSees.NextAsync()]);
        Assert.Equal([$"{_bob} 5", $"{_ann} 3", "maker 1"],
            (await bob.ReadPositionsAsync(conversation)).Select(p => $"{p.UserId} {p.Sequence}"));
    }

    [SpecFact]
    public async Task Unread_counts_of_all_connections_of_a_user_come_from_one_position()
    {
        var conversation = await CreateAsync();
        var (ann, _, _) = await HubWithReadsAsync(pair.First, _ann, conversation);
        var (phone, _, phoneSees) = await HubWithReadsAsync(pair.First, _bob, conversation);
        var (desk, _, deskSees) = await HubWithReadsAsync(pair.Second, _bob, conversation);
        for (var i = 0; i < 5; i++) await ann.SendAsync(conversation, "hello");
        await phone.SendAsync(conversation, "what is one's own is unread on no device");
        Assert.Equal((5L, 5L), (await UnreadAsync(phone, conversation), await UnreadAsync(desk, conversation)));

        await phone.MarkReadAsync(conversation, 4);
        foreach (var sees in new[] { deskSees, phoneSees }) Assert.Equal(4, (await sees.NextAsync()).Sequence);
        Assert.Equal((2L, 2L), (await UnreadAsync(phone, conversation), await UnreadAsync(desk, conversation)));
        await desk.MarkReadAsync(conversation, 6);
        Assert.Equal(6, (await phoneSees.NextAsync()).Sequence);
        Assert.Equal((0L, 0L), (await UnreadAsync(phone, conversation), await UnreadAsync(desk, conversation)));
    }

    // CH-66
    [SpecFact]
    public async Task A_user_who_marks_faster_than_the_database_stores_is_answered_when_it_is_stored()
    {
        var conversation = await CreateAsync();
        var (ann, _, _) = await HubWithReadsAsync(pair.First, _ann, conversation);
        var (bob, _, bobSees) = await HubWithReadsAsync(pair.Second, _bob, conversation);
        for (var i = 0; i < 30; i++) await bob.SendAsync(conversation, "hello");
        await Task.WhenAll(Enumerable.Range(1, 31).Select(async i =>
        {
            await ann.MarkReadAsync(conversation, i);
            Assert.InRange((await ann.ConversationsAsync()).First(c => c.Id == conversation).LastReadSequence, i, 31);
        }));
        long last = 0;
        while (last < 31)
        {
            var next = (await bobSees.NextAsync()).Sequence;
            Assert.True(next > last, $"{next} after {last}");
            last = next;
        }
    }

    [SpecFact]
    public async Task On_the_hub_one_need_not_have_joined_and_strangers_are_refused()
    {
        var conversation = await CreateAsync();
        var (_, bobSees) = await HubAsync(pair.Second, _bob, conversation);
        var ann = await pair.First.ConnectHubAsync(_ann);
        _clients.Add(ann);
        await ann.TypingAsync(conversation);
        Assert.True((await bobSees.NextAsync()).IsTyping);

        var stranger = await pair.First.ConnectHubAsync(TransportSpec.Unique("eve"));
        _clients.Add(stranger);
        foreach (var call in new Func<Task>[]
        {
            () => stranger.TypingAsync(conversation), () => stranger.MarkReadAsync(conversation, 1),
            () => stranger.ReadPositionsAsync(conversation),
        })
            Assert.Equal(Chat.Contracts.Errors.ChatErrorCode.Forbidden,
                (await Assert.ThrowsAsync<ChatRefusedException>(call)).Code);
    }

    [SpecFact]
    public async Task Every_way_to_reach_the_hub_shows_signals()
    {
        var conversation = await CreateAsync();
        var ways = new Func<ChatClientOptions, ChatClientOptions>[]
        {
            options => options with { Transports = ChatTransports.WebSockets },
            options => options with { Transports = ChatTransports.LongPolling },
            options => options with { Transports = ChatTransports.WebSockets, StatefulReconnect = true },
        };
        var inboxes = new List<(Inbox<TypingChange> Typing, Inbox<ReadPosition> Reads)>();
        foreach (var way in ways)
        {
            var (_, typing, reads) = await HubWithReadsAsync(pair.Second, _bob, conversation, way);
            inboxes.Add((typing, reads));
        }
        var (ann, _) = await HubAsync(pair.First, _ann, conversation);
        await ann.TypingAsync(conversation);
        foreach (var (typing, _) in inboxes) Assert.True((await typing.NextAsync()).IsTyping);
        await ann.SendAsync(conversation, "hello");
        await ann.MarkReadAsync(conversation, 2);
        foreach (var (typing, reads) in inboxes)
        {
            Assert.False((await typing.NextAsync()).IsTyping);
            Assert.Equal(2, (await reads.NextAsync()).Sequence);
        }
    }

    private static async Task<long> UnreadAsync(ChatHubConnection hub, ConversationId conversation) =>
        (await hub.ConversationsAsync()).First(c => c.Id == conversation).UnreadCount;

    /// <summary>A group of ann and bob, made by a third.</summary>
    private async Task<ConversationId> CreateAsync()
    {
        await using var maker = await pair.First.ConnectHubAsync("maker");
        return (await maker.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(_ann), UserId.Parse(_bob)] })).Id;
    }

    private async Task<(ChatHubConnection Hub, Inbox<TypingChange> Typing)> HubAsync(
        TestServer server, string user, ConversationId conversation)
    {
        var (hub, typing, _) = await HubWithReadsAsync(server, user, conversation);
        return (hub, typing);
    }

    private async Task<(ChatHubConnection Hub, Inbox<
        TypingChange> Typing, Inbox<ReadPosition> Reads)> HubWithReadsAsync(
        TestServer server, string user, ConversationId conversation,
        Func<ChatClientOptions, ChatClientOptions>? change = null)
    {
        var hub = await server.ConnectHubAsync(user, change);
        _clients.Add(hub);
        var (typing, reads) = (new Inbox<TypingChange>(), new Inbox<ReadPosition>());
        hub.OnTyping(typing.Add);
        hub.OnReadPosition(reads.Add);
        await hub.JoinAsync(conversation);
        return (hub, typing, reads);
    }

    private async Task<RawClient> RawAsync(
        TestServer server, string user, ConversationId conversation, string features, string parameter = "user_id")
    {
        var raw = await RawClient.ConnectAsync(server.Url,
            $"{parameter}={Uri.EscapeDataString(user)}&features={features}");
        _clients.Add(raw);
        await raw.SendAsync(new { type = "join", conversation_id = conversation.ToString() });
        await raw.UntilAsync("joined");
        return raw;
    }
}

public sealed class SqliteSignalTests(PairFixture pair) : SignalSpec(pair), IClassFixture<PairFixture>
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresSignalTests(PairFixture pair) : SignalSpec(pair), IClassFixture<PairFixture>
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
