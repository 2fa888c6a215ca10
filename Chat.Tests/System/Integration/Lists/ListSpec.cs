using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.AspNetCore.Http.Connections;

namespace Chat.Tests.Integration.Lists;

/// <summary>CH-90 to CH-95: what changes in the list of conversations comes to every device of its user, on two
/// instances.</summary>
public abstract class ListSpec : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _clients = [];
    private readonly string _ann = TransportSpec.Unique("ann");
    private readonly string _bob = TransportSpec.Unique("bob");
    private ChatHubConnection _owner = null!;

    internal abstract TestServer First { get; }

    internal abstract TestServer Second { get; }

    protected abstract Task StartAsync();

    public async Task InitializeAsync()
    {
        await StartAsync();
        _owner = await First.ConnectHubAsync(_ann);
    }

    public async Task DisposeAsync()
    {
        await _owner.DisposeAsync();
        foreach (var client in _clients) await client.DisposeAsync();
        Assert.Equal("", First.TakeErrors() + Second.TakeErrors());
    }

    [SpecFact]
    public async Task A_new_conversation_and_its_messages_come_to_all_devices_on_both_instances()
    {
        var devices = await DevicesAsync(_bob);
        var stranger = await HubAsync(Second, TransportSpec.Unique("eve"));
        var conversation = await CreateAsync("Tea");
        foreach (var device in devices)
        {
            var (news, _) = await device.UntilAsync(news => news.Id == $"{conversation}");
            Assert.Equal(("Tea", 1, 0, "conversationCreated"),
                (news.Title, news.Last, news.Unread, news.LastKind!.Replace("_c", "C", StringComparison.Ordinal)));
        }
        await _owner.SendAsync(conversation, "hello");
        foreach (var device in devices)
        {
            var (news, _) = await device.UntilAsync(news => news.Last == 2);
            Assert.Equal(($"{conversation}", 1, "hello", "message", false),
                (news.Id, news.Unread, news.LastBody, news.LastKind, news.Muted));
        }
        // The stranger sees what is the stranger's own, and saw nothing before it.
        var other = await CreateAsync("Cake", stranger.User);
        Assert.Equal($"{other}", (await stranger.Device.NextAsync()).Id);
    }

    // CH-91
    [SpecFact]
    public async Task Many_changes_in_a_row_are_told_a_few_times_and_the_newest_state_comes_last()
    {
        var conversation = await CreateAsync();
        var devices = await DevicesAsync(_bob);
        for (var i = 0; i < 100; i++) await _owner.SendAsync(conversation, $"{i}");
        foreach (var device in devices)
        {
            var (news, before) = await device.UntilAsync(news => news.Last == 101);
            Assert.Equal((99, "99"), (news.Unread, news.LastBody));
            Assert.InRange(before, 0, 60); // one a second at most
        }
    }

    // CH-92
    [SpecFact]
    public async Task Joined_conversations_are_told_by_the_log_and_only_the_rest_by_the_list()
    {
        var conversation = await CreateAsync();
        var open = await Keep(ListDevice.HubAsync(Second, _bob));
        var openRaw = await Keep(ListDevice.RawAsync(Second, _bob));
        var closed = await Keep(ListDevice.HubAsync(First, _bob));
        foreach (var device in new[] { open, openRaw })
        {
            await device.JoinAsync(conversation);
            await device.ListAsync(); // behind the join, which is in effect only after its answer
        }
        await _owner.SendAsync(conversation, "hello");
        await closed.UntilAsync(news => news.Last == 2);

        await using var bob = await First.ConnectHubAsync(_bob);
        await bob.SetMutedAsync(conversation);

        foreach (var device in new[] { open, openRaw })
            // What is older may have been told before the join.
            Assert.True((await device.UntilAsync(news => news.Last == 2)).News.Muted);
        await closed.UntilAsync(news => news.Muted);
        await bob.SetMutedAsync(conversation, isMuted: false);
        foreach (var device in new[] { open, openRaw, closed }) await device.UntilAsync(news => !news.Muted);
    }

    // CH-90
    [SpecFact]
    public async Task A_mark_on_one_device_counts_on_all()
    {
        var conversation = await CreateAsync();
        await _owner.SendAsync(conversation, "hello");
        var devices = await DevicesAsync(_bob);
        await using var bob = await Second.ConnectHubAsync(_bob);
        await bob.MarkReadAsync(conversation, 2);
        foreach (var device in devices) await device.UntilAsync(news => news is { Last: 2, Unread: 0 });
    }

    // CH-93
    [SpecFact]
    public async Task One_who_is_removed_is_told_so_and_nothing_more_until_added_again()
    {
        var conversation = await CreateAsync();
        var devices = await DevicesAsync(_bob);
        await devices[0].JoinAsync(conversation);
        await _owner.RemoveParticipantAsync(conversation, UserId.Parse(_bob));
        await _owner.SendAsync(conversation, "secret");
        foreach (var device in devices)
            Assert.Equal($"{conversation}", (await device.UntilAsync(news => news.IsRemoval)).News.Id);

        await _owner.SendAsync(conversation, "more secrets");
        var other = await CreateAsync("other");
        foreach (var device in devices)
            // The removal may be said again, after Redis was away.
            Assert.Equal($"{other}", (await device.UntilAsync(news => !news.IsRemoval)).News.Id);

        await _owner.AddParticipantsAsync(conversation, [UserId.Parse(_bob)]);
        foreach (var device in devices)
            await device.UntilAsync(news => news.Id == $"{conversation}" && news is { Last: 5, IsRemoval: false });
    }

    // CH-90, CH-94, CH-34
    [SpecFact]
    public async Task A_client_that_has_not_listed_and_a_socket_without_the_feature_are_told_nothing()
    {
        await using var raw = await First.ConnectRawAsync(_bob, "seq");
        var quiet = await Keep(ListDevice.HubAsync(First, _bob, lists: false));
        var told = await Keep(ListDevice.HubAsync(First, _bob));
        var conversation = await CreateAsync();
        await told.NextAsync();

        await raw.SendAsync("{}");
        Assert.Equal("error", (await raw.NextAsync()).GetProperty("type").GetString());
        await _owner.RemoveParticipantAsync(conversation, UserId.Parse(_bob));
        await told.UntilAsync(news => news.IsRemoval);
        await quiet.ListAsync();
        var next = await CreateAsync("next");
        Assert.Equal($"{next}", (await quiet.NextAsync()).Id);
    }

    // CH-95
    [SpecFact]
    public async Task The_lobby_is_told_to_those_who_have_read_in_it()
    {
        await _owner.SendAsync(ConversationId.Lobby, "first");
        await using var bob = await First.ConnectHubAsync(_bob);
        var device = await Keep(ListDevice.HubAsync(Second, _bob));
        var stranger = await HubAsync(Second, TransportSpec.Unique("eve"));
        await bob.MarkReadAsync(ConversationId.Lobby, 1);
        await device.UntilAsync(news => news.Id == $"{ConversationId.Lobby}");
        var sent = await _owner.SendAsync(ConversationId.Lobby, "second");
        await device.UntilAsync(news => news.Last == sent.Sequence);
        var own = await CreateAsync("own", stranger.User);
        Assert.Equal($"{own}", (await stranger.Device.NextAsync()).Id);
    }

    [SpecFact]
    public async Task Every_way_to_reach_the_hub_is_told()
    {
        var devices = new List<ListDevice>
        {
            await Keep(ListDevice.HubAsync(Second, _bob, transport: HttpTransportType.LongPolling)),
            await Keep(ListDevice.HubAsync(Second, _bob, transport: HttpTransportType.ServerSentEvents)),
            await Keep(ListDevice.HubAsync(Second, _bob, stateful: true)),
        };
        var conversation = await CreateAsync();
        foreach (var device in devices) await device.UntilAsync(news => news.Id == $"{conversation}");
        await _owner.RemoveParticipantAsync(conversation, UserId.Parse(_bob));
        foreach (var device in devices) await device.UntilAsync(news => news.IsRemoval);
    }

    // CH-110, CH-111
    [SpecFact]
    public async Task Every_transport_lists_page_by_page_and_without_arguments_the_first_page()
    {
        var made = new List<string> { $"{ConversationId.Lobby}" };
        for (var i = 0; i < 4; i++) made.Add($"{await CreateAsync($"{i}")}");
        await _owner.SendAsync(new ConversationId(Guid.Parse(made[^1])), new string('x', 300));
        foreach (var list in new[] { ListPage.HubAsync(First, _bob), ListPage.RawAsync(Second, _bob),
            ListPage.RestAsync(First, _bob) })
        {
            var first = await list(null, 3);
            var rest = await list(first.Cursor, 100);
            Assert.Equal((3, 2), (first.Ids.Count, rest.Ids.Count));
            Assert.Equal(made.Order(), first.Ids.Concat(rest.Ids).Order());
            Assert.Equal((made[^1], new string('x', 200), true), (first.Ids[0], first.Body, first.IsCut));
            Assert.Equal(first.Ids.Concat(rest.Ids), (await list(null, null)).Ids);
            Assert.Equal("limit must be a whole number from 1 to 100", (await list(null, 101)).Refusal);
            Assert.Equal("cursor must be one that a listing returned", (await list("x", 1)).Refusal);
        }
    }

    private async Task<List<ListDevice>> DevicesAsync(string user) =>
    [
        await Keep(ListDevice.HubAsync(First, user)), await Keep(ListDevice.HubAsync(Second, user)),
        await Keep(ListDevice.RawAsync(First, user)), await Keep(ListDevice.RawAsync(Second, user)),
    ];

    private async Task<(ListDevice Device, string User)> HubAsync(TestServer server, string user) =>
        (await Keep(ListDevice.HubAsync(server, user)), user);

    private async Task<ListDevice> Keep(Task<ListDevice> connecting)
    {
        var device = await connecting;
        _clients.Add(device);
        return device;
    }

    private async Task<ConversationId> CreateAsync(string? title = null, string? with = null) =>
        (await _owner.CreateConversationAsync(new CreateConversation
        {
            Title = title, ParticipantIds = [UserId.Parse(_ann), UserId.Parse(with ?? _bob)],
        })).Id;
}
