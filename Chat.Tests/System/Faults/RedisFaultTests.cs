using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;

namespace Chat.Tests.Faults;

/// <summary>Two instances and one Redis: whatever happens to Redis, each reader's view has no hole, no repeat and one
/// order, and everything arrives.</summary>
public sealed partial class RedisFaultTests(RedisSite site) : IClassFixture<RedisSite>
{
    private const int Messages = 30;

    [PostgresAndRedisFact]
    public Task Redis_is_stopped_and_started() =>
        SurviveAsync(site => site.Redis.StopAsync(), site => site.Redis.StartAgainAsync());

    [PostgresAndRedisFact]
    public Task Redis_is_paused() => SurviveAsync(Now(site => site.Redis.Pause()), Now(site => site.Redis.Resume()));

    [PostgresAndRedisFact]
    public Task Redis_is_behind_a_partition() =>
        SurviveAsync(Now(site => site.Proxy.Freeze()), Now(site => site.Proxy.Thaw()));

    [PostgresAndRedisFact]
    public Task Redis_cuts_its_clients_and_refuses_them() => SurviveAsync(
        Now(site =>
        {
            site.Proxy.Refuse();
            site.Proxy.Cut();
        }),
        Now(site => site.Proxy.Accept()));

    [PostgresAndRedisFact]
    public Task Redis_is_slow() => SurviveAsync(
        Now(site => site.Proxy.Delay = TimeSpan.FromMilliseconds(200)), Now(site => site.Proxy.Delay = TimeSpan.Zero),
        whileAway: null);

    [PostgresAndRedisFact]
    public Task Redis_loses_a_third() => SurviveAsync(
        Now(site =>
        {
            var random = new Random(7);
            site.Proxy.LosesPush = _ =>
            {
                lock (random) return random.Next(3) == 0;
            };
        }),
        Now(site => site.Proxy.LosesPush = null), whileAway: null);

    [PostgresAndRedisFact]
    public async Task A_server_that_starts_while_Redis_is_down_serves_and_joins_in_later()
    {
        await site.StartAsync();
        site.Proxy.Refuse();
        // Without comparisons with the database: what comes, comes over Redis or because Redis came back.
        await using var late = await site.AddServerAsync(("Chat:FanOut:HeadCheckMilliseconds", "600000"));
        await RedisSite.UntilHealthAsync(late, "degraded");
        await using var there = await HubTestClient.ConnectAsync(late, "late");
        await using var here = await HubTestClient.ConnectAsync(site.Ann, "early");
        foreach (var one in new[] { there, here }) await one.JoinAsync(ConversationId.Lobby);
        await there.SendAsync(ConversationId.Lobby, "served");
        Assert.Equal("served", (await there.NextAsync()).Body);
        Assert.Equal("served", (await here.NextAsync()).Body);
        await here.SendAsync(ConversationId.Lobby, "nobody says so");

        site.Proxy.Accept();
        await RedisSite.UntilHealthAsync(late, "ready");
        Assert.Equal("nobody says so", (await there.NextAsync()).Body);
        await here.SendAsync(ConversationId.Lobby, "over Redis");
        Assert.Equal("over Redis", (await there.NextAsync()).Body);
        Assert.Equal("", late.TakeErrors());
    }

    [PostgresAndRedisFact]
    public async Task A_message_is_published_once_however_many_read_it()
    {
        await site.StartAsync();
        const int readers = 50, messages = 100;
        var clients = await Task.WhenAll(Enumerable.Range(0, readers)
            .Select(i => RawTestClient.ConnectAsync(site.Bob, $"reader{i}")));
        foreach (var client in clients) await client.JoinAsync(ConversationId.Lobby);
        await using var sender = await RawTestClient.ConnectAsync(site.Ann, "sender");
        await sender.JoinAsync(ConversationId.Lobby);
        var (probes, toAll) = (0, 0); // the more, the longer it takes; the latter come to both instances
        site.Proxy.LosesPush = channel =>
        {
            if (channel.Contains(":i:", StringComparison.Ordinal)) Interlocked.Increment(ref probes);
            if (channel.EndsWith(":all", StringComparison.Ordinal)) Interlocked.Increment(ref toAll);
            return false;
        };
        var before = await PublishedAsync();
        for (var i = 0; i < messages; i++) await sender.SendAsync(ConversationId.Lobby, $"{i}");
        foreach (var client in clients)
            for (var i = 0; i < messages; i++) Assert.Equal($"{i}", (await client.NextAsync()).Body);
        var published = await PublishedAsync() - before - Volatile.Read(ref probes) - Volatile.Read(ref toAll) / 2;
        site.Proxy.LosesPush = null;
        foreach (var client in clients) await client.DisposeAsync();
        Assert.InRange(published, 1, messages + 10); // a few probes are under way
    }

    private static Func<RedisSite, Task> Now(Action<RedisSite> action) => site =>
    {
        action(site);
        return Task.CompletedTask;
    };

    private async Task SurviveAsync(
        Func<RedisSite, Task> fault, Func<RedisSite, Task> repair, string? whileAway = "degraded")
    {
        await site.StartAsync();
        var servers = new[] { site.Ann, site.Bob };
        var readers = new List<ITestClient>();
        foreach (var server in servers)
        {
            readers.Add(await HubTestClient.ConnectAsync(server, $"hub{readers.Count}"));
            readers.Add(await RawTestClient.ConnectAsync(server, $"raw{readers.Count}"));
        }
        foreach (var reader in readers) await reader.JoinAsync(ConversationId.Lobby);
        var views = readers.Select(reader => new View(reader)).ToArray();

        await SendAsync(readers, "before");
        foreach (var view in views) await view.TakeAsync(Messages);
        await fault(site);
        await SendAsync(readers, "meanwhile");
        foreach (var view in views) await view.TakeAsync(Messages); // late perhaps, but not only when Redis is back
        if (whileAway is not null)
            foreach (var server in servers) await RedisSite.UntilHealthAsync(server, whileAway);
        await SendAsync(readers, "while away");
        await repair(site);
        foreach (var server in servers) await RedisSite.UntilHealthAsync(server, "ready");
        await SendAsync(readers, "after");
        foreach (var view in views) await view.TakeAsync(2 * Messages);

        foreach (var view in views[1..]) Assert.Equal(views[0].Bodies, view.Bodies);
        Assert.Equal(4 * Messages, views[0].Bodies.Distinct().Count());
        foreach (var server in servers) Assert.Equal("", server.TakeErrors());
        foreach (var reader in readers) await reader.DisposeAsync();
    }

    /// <summary>From all connections at once, so from both instances.</summary>
    private static Task SendAsync(
        List<ITestClient> senders, string text) => Task.WhenAll(senders.Select((_, s) => Task.Run(async () =>
    {
        for (var i = s; i < Messages; i += senders.Count)
            await senders[s].SendAsync(ConversationId.Lobby, $"{text} {i}");
    })));

    private async Task<long> PublishedAsync() =>
        Calls().Match(await site.Redis.AskAsync("INFO", "commandstats")) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@"cmdstat_spublish:calls=(\d+)")]
    private static partial Regex Calls();

    /// <summary>What one reader saw: each position is the one before plus one.</summary>
    private sealed class View(ITestClient reader)
    {
        private long _last;

        public List<string?> Bodies { get; } = [];

        public async Task TakeAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var next = await reader.NextAsync();
                if (_last > 0) Assert.Equal(_last + 1, next.Position);
                _last = next.Position;
                Bodies.Add(next.Body);
            }
        }
    }
}
