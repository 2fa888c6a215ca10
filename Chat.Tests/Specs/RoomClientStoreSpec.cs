using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Room.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What the store of the REST room's clients promises, on either database.</summary>
public abstract class RoomClientStoreSpec : StoreSpec
{
    private static readonly UserId Ann = UserId.Parse("ann");
    private static readonly UserId Bob = UserId.Parse("bob");

    private static CancellationToken None => CancellationToken.None;

    private RoomClientStore Clients => Stores.RoomClients;

    [SpecFact]
    public async Task A_client_joins_once_until_it_leaves()
    {
        Assert.Null(await Clients.FindLastSeenAsync(Ann, None));
        Assert.True(await Clients.TryAddAsync(Ann, Drafts.Noon.AddTicks(7), None));
        Assert.False(await Clients.TryAddAsync(Ann, Drafts.Noon.AddHours(1), None));
        Assert.True(await Clients.TryAddAsync(UserId.Parse("Ann"), Drafts.Noon, None));
        Assert.Equal(Drafts.Noon, await Clients.FindLastSeenAsync(Ann, None));
        Assert.True(await Clients.RemoveAsync(Ann, None));
        Assert.False(await Clients.RemoveAsync(Ann, None));
        Assert.True(await Clients.TryAddAsync(Ann, Drafts.Noon, None));
    }

    [SpecFact]
    public async Task Of_instances_that_add_one_client_at_once_one_does()
    {
        var hosts = new[] { Stores, AnotherInstance(), AnotherInstance(), AnotherInstance() };
        for (var round = 0; round < 10; round++)
        {
            var client = UserId.Parse($"client{round}");
            var added = await Task.WhenAll(
                hosts.Select(h => Task.Run(() => h.RoomClients.TryAddAsync(client, Drafts.Noon, None))));
            Assert.Single(added, a => a);
        }
    }

    [SpecFact]
    public async Task Being_heard_from_moves_the_time_forward_only()
    {
        await Clients.TryAddAsync(Ann, Drafts.Noon, None);
        await Clients.TryAddAsync(Bob, Drafts.Noon, None);
        var stranger = UserId.Parse("stranger");

        await Clients.TouchAsync(
            [new(Bob, Drafts.Noon.AddMinutes(-1)), new(Ann, Drafts.Noon.AddMinutes(2)), new(stranger, Drafts.Noon)],
            None);

        Assert.Equal(Drafts.Noon.AddMinutes(2), await Clients.FindLastSeenAsync(Ann, None));
        Assert.Equal(Drafts.Noon, await Clients.FindLastSeenAsync(Bob, None));
        Assert.Null(await Clients.FindLastSeenAsync(stranger, None));
    }

    [SpecFact]
    public async Task The_inactive_are_removed_once_over_all_instances()
    {
        for (var i = 0; i < 10; i++) await Clients.TryAddAsync(UserId.Parse($"old{i}"), Drafts.Noon, None);
        await Clients.TryAddAsync(Ann, Drafts.Noon.AddMinutes(5), None);
        var other = AnotherInstance();

        var removed = await Task.WhenAll(
            new[] { Stores, other }.Select(
                h => Task.Run(() => h.RoomClients.RemoveInactiveAsync(Drafts.Noon.AddMinutes(5), None))));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"old{i}"),
            removed.SelectMany(r => r).Select(u => u.Value).Order());
        Assert.NotNull(await Clients.FindLastSeenAsync(Ann, None));
    }
}
