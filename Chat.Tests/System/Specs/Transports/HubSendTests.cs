using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs.Transports;

using Answer = Dictionary<string, object?>;

/// <summary>Messages that go past SignalR's dispatch, over a WebSocket, are answered as those that SignalR
/// dispatches.</summary>
public sealed class HubSendTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const int Many = 300; // more than a connection may have under way

    private readonly string _ann = TransportSpec.Unique("ann");
    private TestServer _server = null!;
    private ChatHubConnection _owner = null!;
    private string _conversation = "";

    public async Task InitializeAsync()
    {
        _server = await fixture.StartAsync(DatabaseKind.Sqlite);
        _owner = await _server.ConnectHubAsync(_ann);
        var made = await _owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(_ann)], Kind = ConversationKind.Group });
        _conversation = made.Id.ToString();
    }

    public async Task DisposeAsync()
    {
        await _owner.DisposeAsync();
        var errors = _server.TakeErrors();
        Assert.True(errors.Length == 0, errors);
    }

    [Fact]
    public async Task What_is_sent_over_a_socket_is_answered_as_everywhere()
    {
        var dispatched = await AnswersAsync(HttpTransportType.ServerSentEvents, packed: false);
        dispatched.Should().Contain("createdAt duplicate id sequence False")
            .And.Contain("createdAt duplicate id sequence True")
            .And.Contain(text => text.Contains("HubException: forbidden"))
            .And.Contain(text => text.Contains("HubException: bad_request"));
        (await AnswersAsync(HttpTransportType.WebSockets, packed: false)).Should().Equal(dispatched);
        (await AnswersAsync(HttpTransportType.WebSockets, packed: false, stateful: true)).Should().Equal(dispatched);
        (await AnswersAsync(HttpTransportType.WebSockets, packed: true)).Should()
            .Equal(await AnswersAsync(HttpTransportType.LongPolling, packed: true));
    }

    // CH-24
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task However_many_are_under_way_all_keep_their_order(bool packed)
    {
        await using var hub = Build(HttpTransportType.WebSockets, packed, stateful: false);
        await hub.StartAsync();
        var sent = Enumerable.Range(0, Many).Select(i =>
            hub.InvokeAsync<Answer>("Send", _conversation, $"{i}")).ToList();
        var answers = await Task.WhenAll(sent).WaitAsync(Bounds.Wait);
        var sequences = answers.Select(answer => long.Parse($"{answer["sequence"]}")).ToList();
        sequences.Should().Equal(Enumerable.Range(0, Many).Select(i => sequences[0] + i));
    }

    private async Task<List<string>> AnswersAsync(HttpTransportType transport, bool packed, bool stateful = false)
    {
        await using var hub = Build(transport, packed, stateful);
        await hub.StartAsync();
        var key = Guid.NewGuid().ToString();
        object?[][] calls =
        [
            [_conversation, "text"], [_conversation, "text", null], [_conversation, "text", Keyed(key)],
            [_conversation, "text", Keyed(key)], [_conversation, "\0"], [_conversation, ""], [_conversation, null],
            [_conversation, "text", Keyed(new string('k', 100))], [Guid.NewGuid().ToString(), "text"],
            ["no id", "text"], [_conversation, 7], [_conversation], [],
        ];
        var answers = new List<string>();
        foreach (var call in calls) answers.Add(await AnswerAsync(hub, call));
        return answers;
    }

    private static object Keyed(string key) => new Dictionary<string, object?> { ["dedupeKey"] = key };

    private static async Task<string> AnswerAsync(HubConnection hub, object?[] call)
    {
        try
        {
            var answer = await hub.InvokeCoreAsync<Answer>("Send", call);
            return $"{string.Join(' ', answer.Keys.Order(StringComparer.Ordinal))} {answer["duplicate"]}";
        }
        catch (HubException refusal)
        {
            return refusal.Message;
        }
    }

    private HubConnection Build(HttpTransportType transport, bool packed, bool stateful)
    {
        if (packed) return StockHub.Build(_server.Url, _ann, transport, stateful);
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(_server.Url, $"hubs/chat?user_id={_ann}"), transport);
        if (stateful) builder.WithStatefulReconnect();
        return builder.Build();
    }
}
