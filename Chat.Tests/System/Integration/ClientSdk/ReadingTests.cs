using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>Reading over real servers and a network that cuts.</summary>
public sealed class ReadingTests
{
    private const string TenThousandEntries =
        """
        begin immediate;
        with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 10000)
        insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
        select c.id, n, 0, 'ann', 'entry ' || n, unixepoch() * 1000000 + n, randomblob(16), 0
          from conversations c, numbers where c.id = x'00000000000000000000000000000001';
        update conversations set last_sequence = 10000, last_entry_at = unixepoch() * 1000000 + 10000
          where id = x'00000000000000000000000000000001';
        commit;
        """;

    [Fact]
    public async Task A_long_history_is_read_from_several_cursors_and_then_what_comes()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await database.ExecuteAsync(TenThousandEntries);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var ann = await server.ConnectHubAsync("ann");
        await using var client = await ConnectAsync(server.Url, "bob");
        await using var all = new Consumer(client.ReadAsync(ConversationId.Lobby, after: 0));
        await using var end = new Consumer(client.ReadAsync(ConversationId.Lobby, after: 9_990));

        await end.HasAsync(10);
        for (var i = 0; i < 5; i++) await ann.SendAsync(ConversationId.Lobby, $"new {i}");

        await end.HasAsync(15);
        await all.HasAsync(10_005);
        all.IsContiguousFrom(1);
        end.IsContiguousFrom(9_991);
        Assert.Equal("entry 5000", ((MessageEntry)all.Entries[4_999]).Body);
    }

    [Fact]
    public async Task Cuts_and_a_restart_of_the_server_lose_nothing_and_repeat_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var at = ("urls", $"http://127.0.0.1:{FreePort.Next()}"); // nobody else takes it meanwhile
        var server = await TestServer.StartAsync(database.Settings, at);
        await using var proxy = new FaultProxy(server.Url);
        await using var client = await ConnectAsync(proxy.Address, "bob");
        await using var reader = new Consumer(client.ReadAsync(ConversationId.Lobby, after: 0));
        await using var slow = new Consumer(client.ReadAsync(ConversationId.Lobby, after: 0), isHeld: true);

        await SendAsync(server, 200, eachTenth: i => proxy.CutAfter(i * 7));
        await server.DisposeAsync();
        server = await TestServer.StartAsync(database.Settings, at);
        await SendAsync(server, 200, eachTenth: _ => proxy.Cut());
        proxy.CutAfter(long.MaxValue);
        slow.Release();

        await reader.HasAsync(400);
        await slow.HasAsync(400);
        reader.IsContiguousFrom(1);
        slow.IsContiguousFrom(1);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_user_who_is_removed_sees_the_removal_and_then_the_end_and_may_come_back()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var owner = await server.ConnectHubAsync("owner");
        var bob = UserId.Parse("bob");
        var conversation = (await owner.CreateConversationAsync(new CreateConversation { ParticipantIds = [bob] })).Id;
        await using var client = await ConnectAsync(server.Url, "bob");
        await using var reader = new Consumer(client.ReadAsync(conversation, after: 0));
        await reader.HasAsync(1);

        await owner.RemoveParticipantAsync(conversation, bob);
        await owner.SendAsync(conversation, "not for bob");

        Assert.Null(await reader.EndAsync());
        Assert.Equal([EntryKind.ConversationCreated, EntryKind.ParticipantRemoved],
            reader.Entries.Select(entry => entry.Kind));
        await using var refused = new Consumer(client.ReadAsync(conversation, after: 2));
        Assert.IsType<ChatRefusedException>(await refused.EndAsync());
        await owner.AddParticipantsAsync(conversation, [bob]);
        await using var again = new Consumer(client.ReadAsync(conversation, after: 2));
        await again.HasAsync(2);
    }

    [Fact]
    public async Task A_view_shows_what_is_sent_and_what_was_before()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await database.ExecuteAsync(TenThousandEntries);
        await using var server = await TestServer.StartAsync(database.Settings);
        await using var ann = await server.ConnectHubAsync("ann");
        await using var client = await ConnectAsync(server.Url, "bob");
        await using var view = await client.OpenViewAsync(ConversationId.Lobby).WaitAsync(Bounds.Wait);
        var shown = new Inbox<string?>();
        view.MessageAdded += (_, added) => shown.Add($"{added.Index} {added.Message.Body}");

        await ann.SendAsync(ConversationId.Lobby, "hello");

        Assert.Equal("50 hello", await shown.NextAsync());
        Assert.Equal(1_000, await view.LoadOlderAsync(1_000).WaitAsync(Bounds.Wait));
        Assert.Equal(8_951, view.State.Messages[0].Sequence);
        await view.MarkReadAsync().WaitAsync(Bounds.Wait);
    }

    private static async Task SendAsync(TestServer server, int count, Action<int> eachTenth)
    {
        await using var ann = await server.ConnectHubAsync("ann");
        for (var i = 0; i < count; i++)
        {
            if (i % 10 == 0) eachTenth(i);
            await ann.SendAsync(ConversationId.Lobby, $"message {i}");
        }
    }

    private static Task<ChatClient> ConnectAsync(
        Uri server, string user) => ChatClient.ConnectAsync(ChatClientOptions.ForServer(server) with
    {
        UserId = UserId.Parse(user),
        Reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200)
        },
    }).WaitAsync(Bounds.Wait);
}
