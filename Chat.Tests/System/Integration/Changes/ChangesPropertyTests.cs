using Chat.Server.Persistence;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>Users send, edit, delete, answer, mention, pin and react, each over several transports at the same time,
/// lose connections and take pages meanwhile. In the end every client, every page and every table says what the log
/// says, and no surface has a text that was deleted. CH-220 to CH-227, CH-230 to CH-232, CH-241, CH-245 to
/// CH-248.</summary>
[Collection(Heavy.Name)]
public sealed class ChangesPropertyTests
{
    private const int Runs = 2;

    [NodeFact]
    public async Task On_one_instance_on_SQLite()
    {
        await using var site = await MembershipSite.StartAsync(DatabaseKind.Sqlite, instances: 1);
        await RunAsync(site);
    }

    [PostgresAndRedisFact]
    public async Task On_two_instances_on_PostgreSQL_that_tell_each_other_over_Redis()
    {
        await using var site = await MembershipSite.StartOnRedisAsync(DatabaseKind.Postgres, instances: 2);
        await RunAsync(site);
    }

    private static async Task RunAsync(MembershipSite site)
    {
        foreach (var (round, seed) in Seeds.Of(Runs).Index())
        {
            await using var run = new ChangesRun(site, seed, inLobby: round == 0);
            await site.HoldsAsync(seed, run.RunAsync);
        }
    }
}
