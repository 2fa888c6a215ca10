using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Notifications;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Tests.Integration.Notifications.NoticeServer;

namespace Chat.Tests.Integration.Notifications;

/// <summary>Nothing is left out and nothing is told twice, whatever happens between a commit and its notice.</summary>
public sealed class GatheringTests
{
    // CH-295
    [Fact]
    public Task Messages_gather_from_the_first_on_even_if_somebody_looks_earlier() => GatherAsync(DatabaseKind.Sqlite);

    // CH-295
    [PostgresFact]
    public Task Messages_gather_from_the_first_on_even_if_somebody_looks_earlier_on_PostgreSQL() =>
        GatherAsync(DatabaseKind.Postgres);

    // CH-294
    [Fact]
    public Task What_gathers_at_a_stop_is_told_by_the_next_server() => StopAsync(DatabaseKind.Sqlite);

    // CH-294
    [PostgresFact]
    public Task What_gathers_at_a_stop_is_told_by_the_next_server_on_PostgreSQL() => StopAsync(DatabaseKind.Postgres);

    // CH-294
    [Fact]
    public Task What_was_stored_while_nobody_told_is_told_however_long_ago() => OutageAsync(DatabaseKind.Sqlite);

    // CH-294
    [PostgresFact]
    public Task What_was_stored_while_nobody_told_is_told_however_long_ago_on_PostgreSQL() =>
        OutageAsync(DatabaseKind.Postgres);

    // CH-294
    [Fact]
    public Task What_a_killed_server_had_stored_is_told_once() => KillAsync(DatabaseKind.Sqlite);

    // CH-294
    [PostgresFact]
    public Task What_a_killed_server_had_stored_is_told_once_on_PostgreSQL() => KillAsync(DatabaseKind.Postgres);

    // CH-294
    [Fact]
    public Task Whatever_overlaps_each_message_is_in_one_notice() => OverlapAsync(DatabaseKind.Sqlite, servers: 1);

    // CH-294
    [PostgresFact]
    public Task Whatever_overlaps_each_message_is_in_one_notice_on_PostgreSQL() =>
        OverlapAsync(DatabaseKind.Postgres, servers: 2);

    // CH-294
    [PostgresFact]
    public async Task What_the_observer_may_be_shown_again_is_told_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var server = await StartAsync(database, receiver);
        await using var ann = await server.ConnectHubAsync("ann");
        var (group, other) = (await CreateAsync(ann, "ben"), await CreateAsync(ann, "cem"));
        await using var stores = new StoreHost(database.Settings);
        await using (var late = await LateAppend.BeginAsync(stores, [Drafts.Message(other)])) // holds the mark
        {
            await ann.SendAsync(group, "once");
            Assert.Equal(["ben"], Recipients((await receiver.NextAsync()).Notice));
            await Eventually.HoldsAsync(async () => await NoticeRows.CountAsync(database) == 1);
            var shown = await stores.Messages.ReadAfterAsync(group, 1, 10, CancellationToken.None);
            using (var scope = server.Services.CreateScope())
                await scope.ServiceProvider.GetRequiredService<NoticeObserver>().OnAsync(shown, CancellationToken.None);
            Assert.Equal(1, await NoticeRows.CountAsync(database));
            await NoticeRows.DueAsync(database);
            await ann.SendAsync(group, "twice");
            var second = (await receiver.NextAsync()).Notice;
            Assert.Equal(1, second.GetProperty("message_count").GetInt32());
            await late.CommitAsync();
        }
        Assert.Equal(["cem"], Recipients((await receiver.NextAsync()).Notice));
        await Eventually.HoldsAsync(async () => await NoticeRows.CountAsync(database) == 0);
        Assert.True(receiver.IsEmpty);
    }

    // CH-294
    [Fact]
    public Task A_server_of_the_version_before_and_this_one_tell_of_each_message_once() =>
        UpgradeAsync(DatabaseKind.Sqlite);

    // CH-294
    [PostgresFact]
    public Task A_server_of_the_version_before_and_this_one_tell_of_each_message_once_on_PostgreSQL() =>
        UpgradeAsync(DatabaseKind.Postgres);

    [Fact]
    public async Task Cursors_of_the_version_before_do_not_count_once_none_of_its_servers_runs()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, receiver);
        await using var stores = new StoreHost(database.Settings);
        await using var ann = await server.ConnectHubAsync("ann");
        var group = await CreateAsync(ann, "ben");
        await stores.Cursors.TryMoveAsync(
            OlderInstances.CursorOf(group), null, 100, effect: null, CancellationToken.None);
        await ann.SendAsync(group, "hello?");
        Assert.Equal(["ben"], Recipients((await receiver.NextAsync()).Notice));
        Assert.Equal(100, await stores.Cursors.FindAsync(OlderInstances.CursorOf(group), CancellationToken.None));
    }

    // CH-294
    [Fact]
    public async Task A_server_without_endpoints_leaves_what_gathers_to_others()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var first = await StartAsync(database, receiver, ("Chat:Notifications:GatherSeconds", "3600")))
        {
            await using var ann = await first.ConnectHubAsync("ann");
            await ann.SendAsync(await CreateAsync(ann, "ben"), "hello?");
            await Eventually.HoldsAsync(async () => await NoticeRows.CountAsync(database) == 1);
        }
        await NoticeRows.RipenAsync(database, 1);
        await using (var other = await TestServer.StartAsync(database.Settings, ("Chat:Tasks:PollMilliseconds", "50")))
        {
            await other.Services.GetRequiredService<ITaskQueue>().EnqueueAsync(OlderInstances.Type, []);
            await Eventually.HoldsAsync(async () => (await database.QueryAsync(
                $"select 1 from tasks where type = '{OlderInstances.Type}'")).Count == 0);
        }
        Assert.Equal(1, await NoticeRows.CountAsync(database));
        await using var second = await StartAsync(database, receiver);
        Assert.Equal(["ben"], Recipients((await receiver.NextAsync()).Notice));
    }

    private static async Task GatherAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await StartAsync(database, receiver, ("Chat:Notifications:GatherSeconds", "3600"));
        await using var ann = await server.ConnectHubAsync("ann");
        var (small, large) = (await CreateAsync(ann, "ben"), await CreateAsync(ann, "cem"));
        var first = await ann.SendAsync(small, "first");
        await ann.SendAsync(large, "first");
        await using (var stores = new StoreHost(database.Settings))
            foreach (var some in Enumerable.Range(2, 2_499).Chunk(500)) // more than is read at one go
                await stores.Messages.CommitAsync(
                    Drafts.Of(some.Select(i => Drafts.Message(large, $"{i}"))), Drafts.Noon, CancellationToken.None);
        await Eventually.HoldsAsync(async () => await NoticeRows.CountAsync(database) == 2);

        await NoticeRows.DueAsync(database);
        var due = (first.CreatedAt.AddHours(1) - DateTimeOffset.UnixEpoch).Ticks / 10;
        await Eventually.HoldsAsync(async () => (await database.QueryAsync(
            $"select 1 from tasks where type = 'notifications.gather' and run_at = {due}")).Count == 1);
        // The other one was looked at too: a look that is under way would not see that its messages ripen.
        await NoticeRows.WaitingAsync(database, 2);
        Assert.True(receiver.IsEmpty);

        await NoticeRows.RipenAsync(database, 2);
        long told = 0, last = 0;
        var recipients = new List<string?>();
        while (told < 2_501)
        {
            var (_, notice) = await receiver.NextAsync();
            recipients.AddRange(Recipients(notice));
            told += notice.GetProperty("message_count").GetInt64();
            last = Math.Max(last, notice.GetProperty("messages").EnumerateArray().Last().GetProperty("seq").GetInt64());
        }
        Assert.Equal((2_501, 2_501), (told, last));
        Assert.Equal(["ben", "cem"], recipients.Distinct().Order());
        await Eventually.HoldsAsync(async () => await NoticeRows.CountAsync(database) == 0);
        Assert.True(receiver.IsEmpty);
    }

    private static async Task StopAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var first = await StartAsync(database, receiver, ("Chat:Notifications:GatherSeconds", "3600")))
        {
            await using var ann = await first.ConnectHubAsync("ann");
            await ann.SendAsync(await CreateAsync(ann, "ben"), "hello?");
        }
        await using var second = await StartAsync(database, receiver, ("Chat:Notifications:GatherSeconds", "3600"));
        await NoticeRows.RipenAsync(database, 1);
        Assert.Equal(["ben"], Recipients((await receiver.NextAsync()).Notice));
        await Eventually.HoldsAsync(async () => await NoticeRows.CountAsync(database) == 0);
        Assert.True(receiver.IsEmpty);
    }

    private static async Task OutageAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        ConversationId group;
        await using (var first = await StartAsync(database, receiver))
        {
            await using var ann = await first.ConnectHubAsync("ann");
            group = await CreateAsync(ann, "ben");
        }
        await using (var stores = new StoreHost(database.Settings))
            await stores.Messages.CommitAsync(
                Drafts.Of(Drafts.Message(group, "of long ago")), Drafts.Noon, CancellationToken.None);
        await using var second = await StartAsync(database, receiver);
        Assert.Equal("of long ago", Assert.Single((await receiver.NextAsync()).Notice.GetProperty("messages")
            .EnumerateArray()).GetProperty("preview").GetString());
    }

    private static async Task KillAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var killed = await ServerProcess.ServeAsync(
            [("ConnectionStrings__Chat", database.Settings.ConnectionString),
                .. SettingsOf(receiver).Select(
                    one => (one.Name.Replace(":", "__", StringComparison.Ordinal), one.Value))]))
        {
            await using var ann = new ChatHubConnection(
                ChatClientOptions.ForServer(killed.Url) with { UserId = UserId.Parse("ann"), Reconnect = null });
            await ann.StartAsync();
            var groups = new List<ConversationId>();
            for (var i = 0; i < 20; i++) groups.Add(await CreateAsync(ann, $"away{i}"));
            foreach (var group in groups) await ann.SendAsync(group, "hello?");
            await killed.SignalAsync("KILL");
        }
        await using var server = await StartAsync(database, receiver);
        var told = new List<(string Event, string? User)>();
        while (told.DistinctBy(one => one.User).Count() < 20)
        {
            var (_, notice) = await receiver.NextAsync();
            told.Add((notice.GetProperty("event_id").GetString()!, Assert.Single(Recipients(notice))));
        }
        await Eventually.HoldsAsync(async () => (await database.QueryAsync(
            "select 1 from tasks where state < 4 and type like 'notifications%'")).Count == 0);
        // A notice may be posted again, as the same one.
        Assert.Equal(20, told.Distinct().Count());
    }

    private static async Task OverlapAsync(DatabaseKind kind, int servers)
    {
        const int conversations = 5, messages = 120;
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        var running = new List<TestServer>();
        for (var i = 0; i < servers; i++) running.Add(await StartAsync(database, receiver));
        var hubs = await Task.WhenAll(running.Select(server => server.ConnectHubAsync("ann")));
        var groups = new List<ConversationId>();
        for (var i = 0; i < conversations; i++) groups.Add(await CreateAsync(hubs[0], $"away{i}"));

        await Task.WhenAll(hubs.Select(async (hub, n) =>
        {
            var random = new Random(n);
            for (var i = 0; i < messages; i++) await hub.SendAsync(groups[random.Next(conversations)], $"{i}");
        }));

        var told = new Dictionary<string, JsonElement>();
        while (told.Values.Sum(notice => notice.GetProperty("message_count").GetInt32()) < servers * messages)
        {
            var (id, notice) = await receiver.NextAsync();
            told[id] = notice;
        }
        await Eventually.HoldsAsync(async () => (await database.QueryAsync(
            "select 1 from tasks where type = 'notifications.deliver'")).Count == 0);
        while (!receiver.IsEmpty)
        {
            var (id, notice) = await receiver.NextAsync();
            told[id] = notice;
        }
        var sequences = told.Values.SelectMany(notice => notice.GetProperty("messages").EnumerateArray()
            .Select(message => (notice.GetProperty("conversation_id").GetGuid(),
                message.GetProperty("seq").GetInt64()))).ToList();
        Assert.Equal(sequences.Count, sequences.Distinct().Count());
        Assert.Equal(servers * messages, told.Values.Sum(notice => notice.GetProperty("message_count").GetInt32()));
        foreach (var hub in hubs) await hub.DisposeAsync();
        foreach (var server in running) await server.DisposeAsync();
    }

    private static async Task UpgradeAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await StartAsync(database, receiver, ("Chat:Notifications:GatherSeconds", "3600"));
        await using var stores = new StoreHost(database.Settings);
        await server.Services.GetRequiredService<ITaskQueue>().EnqueueAsync(OlderInstances.Type, [], new TaskPlan
        {
            UniqueKey = $"{TimeProvider.System.GetUtcNow().Ticks / OlderInstances.Interval.Ticks}",
            UniqueFor = 2 * OlderInstances.Interval, UniqueBeyondCompletion = true,
            Retention = 2 * OlderInstances.Interval,
        });
        await using var ann = await server.ConnectHubAsync("ann");
        var (known, fresh) = (await CreateAsync(ann, "ben"), await CreateAsync(ann, "cem"));
        await ann.SendAsync(known, "told by the other");
        await stores.Cursors.TryMoveAsync(
            OlderInstances.CursorOf(known), null, 2, effect: null, CancellationToken.None);
        await ann.SendAsync(known, "new");
        await ann.SendAsync(fresh, "new");

        await NoticeRows.RipenAsync(database, 2);
        var notices = new[] { (await receiver.NextAsync()).Notice, (await receiver.NextAsync()).Notice };

        Assert.All(notices, notice => Assert.Equal("new", Assert.Single(notice.GetProperty("messages")
            .EnumerateArray()).GetProperty("preview").GetString()));
        Assert.Equal(["ben", "cem"], notices.SelectMany(Recipients).Order());
        Assert.Equal(3, await stores.Cursors.FindAsync(OlderInstances.CursorOf(known), CancellationToken.None));
        Assert.Equal(2, await stores.Cursors.FindAsync(OlderInstances.CursorOf(fresh), CancellationToken.None));
    }

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub, string other) =>
        (await hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ann"), UserId.Parse(other)],
        })).Id;
}
