using System.Text.RegularExpressions;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Drain;

/// <summary>SIGTERM, as an orchestrator sends it, to real processes with clients that are busy (CH-13,
/// CH-80).</summary>
[Collection(Heavy.Name)]
public sealed class DrainProcessTests
{
    [Fact]
    public async Task An_idle_server_ends_at_once()
    {
        // One that waited for the window, or for the time of the shutdown, would not end within the bound.
        await using var server = await ServerProcess.ServeAsync(("Chat__Server__DrainSeconds", "280"),
            ("Chat__Server__ShutdownSeconds", "300"));
        await server.TerminateAsync();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Matches(@"Drained after \d+ ms: 0 connections left", server.Output);
    }

    [Fact]
    public async Task A_second_signal_stops_at_once()
    {
        await using var server = await ServerProcess.ServeAsync(("Chat__Server__DrainDelaySeconds", "200"),
            ("Chat__Server__ShutdownSeconds", "300"));
        await using var raw = await RawClient.ConnectAsync(server.Url, "user_id=ann");
        using var http = new HttpClient { BaseAddress = server.Url };
        await server.TerminateAsync();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        while ((await http.GetAsync("/health/ready", bound.Token)).IsSuccessStatusCode) await Task.Yield();
        Assert.False(raw.Ended.IsCompleted);
        await server.TerminateAsync();
        Assert.Equal(1001, await raw.Ended.WaitAsync(Bounds.Wait));
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task With_200_connections_and_senders_all_are_told_it_exits_with_0_and_the_acknowledged_is_stored()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await ServerProcess.ServeAsync(
            // time enough for a busy machine
            ("ConnectionStrings__Chat", database.Settings.ConnectionString), ("Chat__Server__ShutdownSeconds", "60"));
        var raws = await Task.WhenAll(
            Enumerable.Range(0,
                100)
                .Select(
                    i => RawClient.ConnectAsync(server.Url,
                        $"user_id=r{i}&features=seq" + (i % 2 == 0 ? ",reconnect" : ""))));
        // not all: that would measure how fast this process reads
        foreach (var raw in raws.Take(10)) await raw.JoinAsync(ConversationId.Lobby);
        var (asked, closed) = (new Tally(), new Tally());
        var hubs = await Task.WhenAll(Enumerable.Range(0, 96)
            .Select(i => ConnectHubAsync(server.Url, $"h{i}", asked, closed)));
        var sending = true;
        var senders = Enumerable.Range(0, 4)
            .Select(i => new KeyedSender(server.Url, $"s{i}", ConversationId.Lobby, () => Volatile.Read(ref sending)))
            .ToList();
        var running = senders.Select(sender => sender.RunAsync()).ToList();
        foreach (var sender in senders) await Eventually.HoldsAsync(() => sender.Acknowledged.Count > 0);

        await server.TerminateAsync();
        var untold = 0;
        for (var i = 0; i < raws.Length; i++)
        {
            var code = await raws[i].Ended.WaitAsync(Bounds.Wait);
            if (code is null) untold++;
            else
                Assert.True(code == (i % 2 == 0 ? 1012 : 1001), $"socket {i} ended with {code}\n{server.Output}");
        }
        Assert.Equal(96, await closed.AtLeastAsync(96));
        untold += 96 - asked.Count; // each was asked before it was closed
        Volatile.Write(ref sending, false);
        Assert.Equal(0, await server.ExitAsync());
        // One that takes nothing for longer than its grace, as on a busy machine, is cut, and counted as that.
        var cut = int.Parse(Regex.Match(server.Output, @", (\d+) were cut").Groups[1].Value, null);
        Assert.True(untold <= cut, $"{untold} were told nothing\n{server.Output}");
        Assert.Contains("Draining: 200 connections", server.Output, StringComparison.Ordinal);
        await Task.WhenAll(running).WaitAsync(Bounds.Wait);

        var stored = (await database.QueryAsync(
            "select dedupe_key, sequence from messages where dedupe_key is not null")).ToHashSet();
        foreach (var sender in senders)
        {
            Assert.NotEmpty(sender.Acknowledged);
            Assert.All(sender.Acknowledged, message => Assert.Contains($"{message.Key}|{message.Value}", stored));
        }
        foreach (var raw in raws) await raw.DisposeAsync();
        foreach (var hub in hubs) await hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task A_rolling_restart_of_two_instances_loses_nothing_repeats_nothing_and_keeps_the_order()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        (string, string)[] settings = [("ConnectionStrings__Chat", database.Settings.ConnectionString),
            ("Chat__FanOut__HeadCheckMilliseconds", "100")];
        var old = await ServerProcess.ServeAsync(settings);
        await using var front = new FaultProxy(old.Url);
        await using var owner = new ChatHubConnection(
            ChatClientOptions.ForServer(front.Address) with { UserId = UserId.Parse("owner"), Reconnect = null });
        await owner.StartAsync();
        var conversation = (await owner.CreateConversationAsync(
            new CreateConversation
            {
                ParticipantIds = [.. new[] { "r0", "r1", "hub", "node", "s0", "s1" }.Select(UserId.Parse)]
            })).Id;
        await owner.StopAsync();
        await using var plain = new ResumingReader(front.Address, "r0", conversation);
        await using var asked = new ResumingReader(front.Address, "r1", conversation, "seq,reconnect");
        await using var hub = await ResumingHub.StartAsync(front.Address, "hub", conversation);
        await using var node = Node.SkipReason is null
            ? await NodeClient.StartAsync(front.Address, "node", conversation, transport: 0)
            : null;
        var sending = true;
        var senders = new[] { "s0",
            "s1" }.Select(user => new KeyedSender(front.Address, user, conversation, () => Volatile.Read(ref sending)))
            .ToList();
        var running = senders.Select(sender => sender.RunAsync()).ToList();
        for (var restart = 0; restart < 2; restart++)
        {
            await plain.Seen.UntilAsync(plain.Seen.Last + 20);
            foreach (var sender in senders) await Eventually.HoldsAsync(() => sender.Connections > restart);
            var next = await ServerProcess.ServeAsync(settings);
            front.Target = next.Url; // as a load balancer does once readiness fails
            await old.TerminateAsync();
            Assert.Equal(0, await old.ExitAsync());
            await old.DisposeAsync();
            old = next;
        }
        await plain.Seen.UntilAsync(plain.Seen.Last + 20);
        foreach (var sender in senders) await Eventually.HoldsAsync(() => sender.Connections >= 3);
        Volatile.Write(ref sending, false);
        await Task.WhenAll(running).WaitAsync(Bounds.Wait);
        using (var http = new HttpClient { BaseAddress = front.Address })
            (await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, $"/api/v1/chat/{conversation}",
                new { sender_id = "s0", body = "end" })).EnsureSuccessStatusCode();

        // Accepted, and on its way through the queue.
        await Eventually.HoldsAsync(
            async () =>
                (await database.QueryAsync(
                    $"select 1 from messages where conversation_id = '{conversation}' and "
                        + $"message = 'end'")).Count == 1);
        var stored = await database.QueryAsync(
            $"select dedupe_key, sequence from messages where conversation_id = '{conversation}' order by sequence");
        var whole = Enumerable.Range(1, stored.Count).Select(sequence => (long)sequence).ToList();
        Assert.Equal(whole, stored.Select(row => long.Parse(row.Split('|')[1], null)));
        foreach (var sender in senders)
        {
            Assert.All(sender.Acknowledged, message => Assert.Contains($"{message.Key}|{message.Value}", stored));
        }
        foreach (var seen in new[] { plain.Seen, asked.Seen, hub.Seen })
        {
            var late = await Record.ExceptionAsync(() => seen.UntilAsync(stored.Count));
            Assert.True(late is null,
                $"of {stored.Count} the readers saw {plain.Seen.Last} (plain), {asked.Seen.Last} (asked), "
                    + $"{hub.Seen.Last} (hub)\n{old.Output}");
            Assert.Equal(whole, seen.All);
        }
        if (node is not null)
        {
            var seen = new List<long>();
            while (seen.LastOrDefault() < stored.Count)
                seen.Add((await node.UntilAsync("message")).GetProperty("sequence").GetInt64());
            Assert.Equal(whole.Skip((int)seen[0] - 1), seen); // it joined at the head, so it began somewhere
        }
        await old.DisposeAsync();
    }

    private static async Task<ChatHubConnection> ConnectHubAsync(Uri server, string user, Tally asked, Tally closed)
    {
        var hub = new ChatHubConnection(
            ChatClientOptions.ForServer(server) with { UserId = UserId.Parse(user), Reconnect = null });
        hub.OnReconnectRequested(_ => asked.Add());
        hub.Closed += _ =>
        {
            closed.Add();
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        await hub.MeAsync(); // the server knows it: it answers the handshake before
        return hub;
    }
}
