using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Clients;

namespace Chat.Tests.Cluster;

/// <summary>Mixed clients on three instances: whatever ends, stops or hangs meanwhile, each of them is shown one log,
/// whole and in order (CH-2 to CH-5, CH-7, CH-8).</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterFaultTests(ClusterFixture fixture)
{
    private static readonly LoadShape Paced = new() { Messages = 500, PerSecond = 400 };

    [PostgresAndRedisFact]
    public Task Clients_of_all_transports_on_all_instances_see_one_log() =>
        fixture.ProveAsync(new LoadShape { Messages = 1_000 }, (_, _) => Task.CompletedTask);

    [PostgresAndRedisFact]
    public Task An_instance_that_is_killed_loses_nothing() => fixture.ProveAsync(Paced, async (cluster, load) =>
    {
        await ClusterFixture.UntilMoreAsync(load, 100);
        await cluster[2].KillAsync();
        await ClusterFixture.UntilMoreAsync(load, 100);
        await cluster[2].StartAsync();
    });

    [PostgresAndRedisFact]
    public Task Instances_that_are_stopped_one_after_the_other_lose_nothing_and_end_with_0() =>
        fixture.ProveAsync(Paced with { Messages = 1_000 }, async (cluster, load) =>
    {
        foreach (var instance in cluster.Instances)
        {
            await ClusterFixture.UntilMoreAsync(load, 50);
            Assert.Equal(0, await instance.StopAsync());
            await instance.StartAsync();
        }
    });

    [PostgresAndRedisFact]
    public Task A_database_that_is_restarted_and_then_crashes_loses_nothing() => fixture.ProveAsync(Paced,
        async (cluster, load) =>
    {
        await ClusterFixture.UntilMoreAsync(load, 100);
        await cluster.Postgres.StopFastAsync();
        await cluster.Postgres.StartAsync();
        await ClusterFixture.UntilMoreAsync(load, 100);
        await cluster.Postgres.StopAsync();
        await cluster.Postgres.StartAsync();
    });

    [PostgresAndRedisFact]
    public Task While_Redis_is_away_and_when_it_returns_nothing_is_lost() => fixture.ProveAsync(Paced,
        async (cluster, load) =>
    {
        await ClusterFixture.UntilMoreAsync(load, 100);
        await cluster.Redis!.StopAsync();
        await ClusterFixture.UntilMoreAsync(load, 150);
        await cluster.Redis.StartAgainAsync();
        await ClusterFixture.UntilMoreAsync(load, 50);
        await cluster.Redis.KillAsync();
        await cluster.Redis.StartAgainAsync();
    });

    [PostgresAndRedisFact]
    public async Task Readers_of_an_instance_that_hung_are_shown_all_that_they_missed()
    {
        const int missed = 50;
        var cluster = await fixture.ClusterAsync();
        await using var reader = await RawClient.ConnectAsync(cluster[1].Address, "user_id=ann&features=seq");
        await using var sender = await RawClient.ConnectAsync(cluster[0].Address, "user_id=bob&features=receipts");
        var first = (await reader.JoinAsync(ConversationId.Lobby)).GetProperty("seq").GetInt64() + 1;
        await sender.JoinAsync(ConversationId.Lobby);
        await cluster[1].PauseAsync();
        for (var i = 0; i < missed; i++)
        {
            await sender.MessageAsync(ConversationId.Lobby, $"missed {i}");
            await sender.UntilAsync("receipt");
        }
        await cluster[1].ResumeAsync();
        for (var i = 0; i < missed; i++)
        {
            var message = (await reader.UntilAsync("message")).GetProperty("message");
            Assert.Equal((first + i, $"missed {i}"),
                (message.GetProperty("seq").GetInt64(), message.GetProperty("body").GetString()));
        }
    }

    [PostgresAndRedisFact]
    public Task Networks_that_are_cut_held_and_slow_lose_nothing() => fixture.ProveAsync(Paced with { Messages = 800 },
        async (cluster, load) =>
    {
        await ClusterFixture.UntilMoreAsync(load, 50);
        foreach (var link in new[] { cluster[0].FromClients, cluster[1].ToPostgres, cluster[2].ToRedis! })
        {
            link.Cut();
            await ClusterFixture.UntilMoreAsync(load, 50);
        }
        foreach (var link in new[] { cluster[1].FromClients, cluster[2].ToPostgres, cluster[0].ToRedis! })
        {
            link.Freeze();
            await ClusterFixture.UntilMoreAsync(load, 50);
            link.Thaw();
        }
        foreach (var link in new[] { cluster[2].FromClients, cluster[0].ToPostgres, cluster[1].ToRedis! })
            link.Delay = TimeSpan.FromMilliseconds(20);
        await ClusterFixture.UntilMoreAsync(load, 50);
        foreach (var link in new[] { cluster[2].FromClients, cluster[0].ToPostgres, cluster[1].ToRedis! })
            link.Delay = TimeSpan.Zero;
    });
}
