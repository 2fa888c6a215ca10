using System.Globalization;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Specs.Transports;

using Packed = Dictionary<string, object?>;

/// <summary>CH-26: what the hub does besides messages, for the stock .NET client with MessagePack, on each way to
/// it.</summary>
public sealed class MessagePackHubTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly string _ann = TransportSpec.Unique("ann");
    private readonly string _bob = TransportSpec.Unique("bob");
    private TestServer _server = null!;
    private ChatHubConnection _owner = null!;

    public static TheoryData<HttpTransportType, bool> Ways => new()
    {
        { HttpTransportType.WebSockets, false },
        { HttpTransportType.WebSockets, true },
        { HttpTransportType.LongPolling, false },
    };

    public async Task InitializeAsync()
    {
        _server = await fixture.StartAsync(DatabaseKind.Sqlite);
        _owner = await _server.ConnectHubAsync(_ann);
    }

    public async Task DisposeAsync()
    {
        await _owner.DisposeAsync();
        var errors = _server.TakeErrors();
        Assert.True(errors.Length == 0, errors);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Signals_come_as_calls(HttpTransportType transport, bool stateful)
    {
        var conversation = await CreateAsync();
        await using var hub = StockHub.Build(_server.Url, _bob, transport, stateful);
        var (typing, reads, presence) = (new Inbox<Packed>(), new Inbox<Packed>(), new Inbox<Packed>());
        hub.On<Packed>("TypingChanged", typing.Add);
        hub.On<Packed>("ReadPositionChanged", reads.Add);
        hub.On<Packed>("PresenceChanged", presence.Add);
        await hub.StartAsync();
        await hub.InvokeAsync("Join", $"{conversation}");
        var snapshot = await hub.InvokeAsync<Packed>("GetPresence", $"{conversation}");
        snapshot["watching"].Should().Be(true);

        await _owner.TypingAsync(conversation);
        // Of several that wait the newest is shown: so this one is waited for before it ends.
        (await typing.NextAsync()).Should().Equal(
            new Packed { ["conversationId"] = $"{conversation}", ["userId"] = _ann, ["isTyping"] = true });
        await _owner.SendAsync(conversation, "hello");
        await _owner.MarkReadAsync(conversation, 2);
        await _owner.DisposeAsync();

        (await typing.NextAsync())["isTyping"].Should().Be(false);
        Number((await reads.NextAsync())["sequence"]).Should().Be(2);
        (await presence.NextAsync()).Should().Contain("userId", _ann).And.Contain("online", false);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Entries_come_whole_and_in_order_and_the_removal_closes_the_conversation(
        HttpTransportType transport, bool stateful)
    {
        var conversation = await CreateAsync();
        await using var hub = StockHub.Build(_server.Url, _bob, transport, stateful);
        var told = new Inbox<string>();
        hub.On<Packed>("MessageReceived", entry => told.Add($"{entry["kind"]} {entry["sequence"]} {entry["body"]}"));
        hub.On<Packed>("EntryReceived", entry => told.Add($"{entry["kind"]} {entry["sequence"]}"));
        hub.On<string>("ConversationClosed", closed => told.Add($"closed {closed == $"{conversation}"}"));
        await hub.StartAsync();
        await hub.InvokeAsync("Join", $"{conversation}", 0);

        await _owner.SendAsync(conversation, "ü€😀");
        await _owner.RemoveParticipantAsync(conversation, UserId.Parse(_bob));
        await _owner.SendAsync(conversation, "after");

        (await told.TakeAsync(4)).Should().Equal(
            "conversationCreated 1", "message 2 ü€😀", "participantRemoved 3", "closed True");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task History_and_lists_say_what_the_SDK_is_told(HttpTransportType transport, bool stateful)
    {
        var conversation = await CreateAsync();
        await using var hub = StockHub.Build(_server.Url, _bob, transport, stateful);
        await hub.StartAsync();
        var receipt = await hub.InvokeAsync<Packed>("Send", $"{conversation}", null, new
        {
            attachmentUrl = "https://example.org/a.png", msgType = 1,
            attachmentMeta = new { w = 1.5, tags = new[] { "a", "b" }, big = ulong.MaxValue },
        });

        var page = await hub.InvokeAsync<Packed>("History", $"{conversation}", new { after = 1, limit = 10 });
        var list = await hub.InvokeAsync<List<Packed>>("Conversations");

        var stored = (await _owner.HistoryAsync(conversation, new HistoryQuery { After = 1 })).Entries.Single();
        ((Chat.Contracts.Entries.MessageEntry)stored).AttachmentMeta!.Value.Text.Should()
            .Be("{\"w\":1.5,\"tags\":[\"a\",\"b\"],\"big\":18446744073709551615}");
        var entry = (Dictionary<object, object?>)((object[])page["entries"]!).Single();
        (entry["kind"], entry["id"], Number(entry["msgType"])).Should().Be(("message", $"{stored.Id}", 1L));
        receipt["id"].Should().Be($"{stored.Id}");
        var meta = (Dictionary<object, object?>)entry["attachmentMeta"]!;
        (meta["w"], meta["big"]).Should().Be((1.5, ulong.MaxValue));
        list.Should().Contain(summary => (string?)summary["id"] == $"{conversation}");
    }

    [Fact]
    public async Task A_value_of_another_type_in_place_of_ours_is_read_by_the_names_of_the_JSON()
    {
        await using var hub = StockHub.Build(_server.Url, _bob);
        var seen = new Inbox<ReceivedMessage>();
        hub.On<ReceivedMessage>("MessageReceived", seen.Add);
        await hub.StartAsync();
        var conversation = await CreateAsync();
        await hub.InvokeAsync("Join", $"{conversation}");

        await _owner.SendAsync(conversation, "typed");

        var message = await seen.NextAsync();
        (message.Sequence, message.SenderId, message.Body).Should().Be((2L, _ann, "typed"));
    }

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private async Task<ConversationId> CreateAsync() =>
        (await _owner.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse(_ann), UserId.Parse(_bob)], Kind = Contracts.Entries.ConversationKind.Group,
        })).Id;
}
