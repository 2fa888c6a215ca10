using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Membership;

/// <summary>Members come, go, are removed, banned, muted and added again, on all transports and instances, while
/// others write: each is shown exactly the entries between the moments in which it took part, once and in order, and
/// nothing of one who was removed or muted is stored. CH-3, CH-4, CH-8, CH-24, CH-190, CH-197.</summary>
[Collection(Heavy.Name)]
public sealed class MembershipPropertyTests
{
    private const int Runs = 4;

    [Fact]
    public async Task On_one_instance_on_SQLite()
    {
        await using var site = await MembershipSite.StartAsync(DatabaseKind.Sqlite, instances: 1);
        await RunAsync(site);
    }

    [PostgresFact]
    public async Task On_two_instances_that_share_nothing_but_PostgreSQL()
    {
        await using var site = await MembershipSite.StartAsync(DatabaseKind.Postgres, instances: 2);
        await RunAsync(site);
    }

    [PostgresAndRedisFact]
    public async Task On_two_instances_that_tell_each_other_over_Redis()
    {
        await using var site = await MembershipSite.StartOnRedisAsync(DatabaseKind.Postgres, instances: 2);
        await RunAsync(site);
    }

    private static async Task RunAsync(MembershipSite site)
    {
        foreach (var seed in Seeds.Of(Runs))
        {
            await using var run = new MembershipRun(site.Servers, seed);
            await site.HoldsAsync(seed, run.RunAsync);
        }
    }
}
