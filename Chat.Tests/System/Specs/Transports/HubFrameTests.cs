using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>Entries go straight to a hub connection's socket while SignalR writes its own messages there, large ones in
/// fragments.</summary>
public sealed class HubFrameTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Messages = 400;

    [Fact]
    public async Task Large_answers_and_pushed_entries_share_a_socket_without_harm()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var name = TransportSpec.Unique("reader");
        await using var reader = await server.ConnectHubAsync(name);
        await using var writer = await server.ConnectHubAsync(TransportSpec.Unique("writer"));
        var conversation =
            (await writer.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse(name)] })).Id;
        var seen = new Inbox<long>();
        reader.OnMessage(message => seen.Add(message.Sequence));
        await reader.JoinAsync(conversation);

        var sending = Task.Run(async () =>
        {
            var body = new string('x', 700);
            for (var i = 0; i < Messages; i++) await writer.SendAsync(conversation, $"{i} {body}");
        });
        var pages = 0;
        while (!sending.IsCompleted)
        {
            var page = await reader.HistoryAsync(conversation, new HistoryQuery { Limit = 200 });
            Assert.Equal(page.Entries.Select((_, i) => page.Entries[0].Sequence + i),
                page.Entries.Select(entry => entry.Sequence));
            pages++;
        }
        await sending;

        Assert.True(pages > 1, "no answer came while entries were pushed");
        Assert.Equal(Enumerable.Range(2, Messages).Select(i => (long)i), await seen.TakeAsync(Messages));
    }
}
