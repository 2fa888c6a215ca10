using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration;

/// <summary>The SDK's outbox against the real server, with real cuts.</summary>
public sealed class OutboxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_at_any_byte_of_a_send_changes_nothing(bool fromServer)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var proxy = new FaultProxy(server.Url);
        await using var client = await ChatClient.ConnectAsync(Options(proxy.Address));
        var receipts = new List<SendReceipt>();
        var (cuts, bytes) = (-1, 0);
        for (; proxy.Cuts != cuts; bytes++)
        {
            cuts = proxy.Cuts;
            if (fromServer) proxy.CutAfter(bytes);
            else proxy.CutAfterFromClient(bytes);
            receipts.Add(await client.SendAsync(ConversationId.Lobby, $"m{receipts.Count}").WaitAsync(Bounds.Run));
        }
        Assert.True(bytes > 60, $"the exchange had only {bytes} bytes");
        var log = await LogAsync(client, 0);
        Assert.Equal(Enumerable.Range(0, receipts.Count).Select(i => $"m{i}"), log.Select(message => message.Body));
        Assert.Equal(log.Select(message => (message.Id, message.Sequence)),
            receipts.Select(receipt => (receipt.Id, receipt.Sequence)));
        Assert.Equal(fromServer, receipts[^2].Duplicate); // its answer was cut at the last byte
    }

    // CH-12
    [Fact]
    public async Task Forty_cuts_during_eight_hundred_sends_lose_repeat_and_reorder_nothing()
    {
        const int messages = 800;
        const int cuts = 40; // the benchmark has the full number
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var proxy = new FaultProxy(server.Url);
        // Cuts come faster than messages here: three over one of them say nothing of it.
        var options = Options(proxy.Address);
        await using var client = await ChatClient.ConnectAsync(
            options with { Outbox = options.Outbox with { LossesUntilSetAside = null } });
        var sends = Enumerable.Range(0, messages).Select(i => client.SendAsync(ConversationId.Lobby, $"m{i}")).ToList();
        for (var cut = 0; cut < cuts; cut++)
        {
            // there was a connection, and some went through it
            await sends[cut * (messages / cuts)].WaitAsync(Bounds.Run);
            await Eventually.HoldsAsync(async () =>
            {
                await client.ConversationsAsync().WaitAsync(Bounds.Run); // and there is one again
                return proxy.Cut() > 0;
            });
        }
        var receipts = await Task.WhenAll(sends).WaitAsync(Bounds.Run);
        var log = await LogAsync(client, 0);
        Assert.Equal(Enumerable.Range(0, messages).Select(i => $"m{i}"), log.Select(message => message.Body));
        Assert.Equal(log.Select(message => message.Sequence), receipts.Select(receipt => receipt.Sequence));
    }

    [Fact]
    public async Task A_server_restarted_under_load_gets_each_message_once_in_order()
    {
        const int messages = 600;
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var server = await TestServer.StartAsync(database.Settings);
        var url = server.Url;
        await using var client = await ChatClient.ConnectAsync(Options(url));
        var sends = Enumerable.Range(0, messages).Select(i => client.SendAsync(ConversationId.Lobby, $"m{i}")).ToList();
        await sends[100].WaitAsync(Bounds.Run);
        await server.DisposeAsync();
        await using var next = await TestServer.StartAsync(database.Settings, ("urls", url.ToString()));
        await Task.WhenAll(sends).WaitAsync(Bounds.Run);
        var log = await LogAsync(client, 0);
        Assert.Equal(Enumerable.Range(0, messages).Select(i => $"m{i}"), log.Select(message => message.Body));
    }

    private static ChatClientOptions Options(Uri server) => ChatClientOptions.ForServer(server) with
    {
        UserId = UserId.Parse("alice"),
        Transports = ChatTransports.WebSockets,
        SkipNegotiation = true,
        Reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20)
        },
    };

    private static async Task<List<MessageEntry>> LogAsync(ChatClient client, long after)
    {
        var log = new List<MessageEntry>();
        HistoryPage page;
        do
        {
            page = await client.HistoryAsync(ConversationId.Lobby, new HistoryQuery { After = after, Limit = 500 })
                .WaitAsync(Bounds.Run);
            log.AddRange(page.Entries.OfType<MessageEntry>());
            if (page.Entries.Count > 0) after = page.Entries[^1].Sequence;
        }
        while (after < page.Head);
        return log;
    }
}
