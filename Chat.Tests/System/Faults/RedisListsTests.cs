using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Lists;
using Chat.Tests.Specs.Transports;

namespace Chat.Tests.Faults;

/// <summary>CH-90, CH-93: what changed in lists while Redis was away is told on other instances once it is
/// back.</summary>
public sealed class RedisListsTests(RedisSite site) : IClassFixture<RedisSite>
{
    private readonly string _bob = TransportSpec.Unique("bob");

    [PostgresAndRedisFact]
    public Task Redis_is_behind_a_partition() => RecoverAsync(site => site.Proxy.Freeze(), site => site.Proxy.Thaw());

    [PostgresAndRedisFact]
    public Task Redis_cuts_its_clients_and_refuses_them() => RecoverAsync(
        site =>
        {
            site.Proxy.Refuse();
            site.Proxy.Cut();
        },
        site => site.Proxy.Accept());

    private async Task RecoverAsync(Action<RedisSite> fault, Action<RedisSite> repair)
    {
        await site.StartAsync();
        await using var owner = await site.Ann.ConnectHubAsync(TransportSpec.Unique("ann"));
        await using var here = await ListDevice.HubAsync(site.Ann, _bob);
        await using var there = await ListDevice.HubAsync(site.Bob, _bob);
        await using var thereToo = await ListDevice.RawAsync(site.Bob, _bob);
        ListDevice[] all = [here, there, thereToo];
        var (changed, left) = (await CreateAsync(), await CreateAsync());
        foreach (var device in all) await device.UntilAsync(news => news.Id == $"{left}");

        fault(site);
        foreach (var server in new[] { site.Ann, site.Bob }) await RedisSite.UntilHealthAsync(server, "degraded");
        await owner.SendAsync(changed, "while away");
        await owner.RemoveParticipantAsync(left, UserId.Parse(_bob));
        await here.UntilAsync(news => news.IsRemoval); // so it was said, and nobody heard it
        repair(site);
        foreach (var device in new[] { there, thereToo })
        {
            var (isChanged, isLeft) = (false, false);
            while (!isChanged || !isLeft)
            {
                var news = await device.NextAsync();
                isChanged |= news.Id == $"{changed}" && news.Last == 2;
                isLeft |= news.Id == $"{left}" && news.IsRemoval;
            }
        }
        foreach (var server in new[] { site.Ann, site.Bob }) await RedisSite.UntilHealthAsync(server, "ready");
        foreach (var server in new[] { site.Ann, site.Bob }) Assert.Equal("", server.TakeErrors());

        async Task<ConversationId> CreateAsync() => (await owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(_bob)] })).Id;
    }
}
