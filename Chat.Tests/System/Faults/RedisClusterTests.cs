using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs;

namespace Chat.Tests.Faults;

/// <summary>The backplane over a Redis Cluster of three, and over servers that sentinels watch.</summary>
public sealed class RedisClusterTests
{
    private static readonly BackplaneChannel[] Channels = [.. Enumerable.Range(1, 30).Select(BackplaneSpec.ChannelOf)];

    [RedisFact]
    public async Task A_node_of_a_cluster_is_killed_and_the_others_carry_on()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var members = new RedisMembers();
        var ann = await members.JoinAsync(cluster.ConnectionString);
        var bob = await members.JoinAsync(cluster.ConnectionString);
        await Task.WhenAll(Channels.Select(bob.SubscribeAsync));
        await AllHeardAsync(ann, bob, Channels, "before");
        foreach (var one in new[] { ann, bob }) one.ForgetRecoveries();

        await cluster[1].KillAsync();
        foreach (var one in new[] { ann, bob })
            await Eventually.HoldsAsync(
                () => Task.FromResult(one.Backplane.Problem is "redis: 1 of 3 nodes do not answer"));
        var rest = new List<BackplaneChannel>();
        foreach (var channel in Channels)
        {
            var isCarried = await NodeOfAsync(ann, channel) != 1;
            await Eventually.HoldsAsync(() => ann.Backplane.Carries(channel) == isCarried);
            if (isCarried) rest.Add(channel);
        }
        Assert.InRange(rest.Count, 1, Channels.Length - 1);
        await AllHeardAsync(ann, bob, rest, "meanwhile");

        await cluster[1].StartAgainAsync();
        foreach (var one in new[] { ann, bob })
            do await one.RecoveredAsync();
            while (one.Backplane.Problem is not null);
        await Eventually.HoldsAsync(() => Channels.All(ann.Backplane.Carries));
        await AllHeardAsync(ann, bob, Channels, "after");
    }

    [RedisFact]
    public async Task A_slot_of_a_cluster_is_moved_and_its_channel_goes_along()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var members = new RedisMembers();
        var ann = await members.JoinAsync(cluster.ConnectionString);
        var bob = await members.JoinAsync(cluster.ConnectionString);
        await Task.WhenAll(Channels.Select(bob.SubscribeAsync));
        await AllHeardAsync(ann, bob, Channels, "before");
        bob.ForgetRecoveries();

        var from = await NodeOfAsync(ann, Channels[0]);
        await cluster.MoveAsync(NameOf(Channels[0]), from, (from + 1) % 3);
        await bob.RecoveredAsync(); // what was lost on the way is in the database
        do { } while (bob.TryNext(out _));
        await Eventually.HoldsAsync(() =>
        {
            ann.Publish(Channels[0], "moved");
            return bob.TryNext(out _);
        });
        await AllHeardAsync(ann, bob, Channels, "after");
    }

    [RedisFact]
    public async Task Sentinels_name_another_server_when_theirs_is_killed()
    {
        await using var sentinels = await RedisSentinels.StartAsync(downAfter: TimeSpan.FromSeconds(3));
        await using var members = new RedisMembers();
        var ann = await members.JoinAsync(sentinels.ConnectionString);
        var bob = await members.JoinAsync(sentinels.ConnectionString);
        await Task.WhenAll(Channels.Select(bob.SubscribeAsync));
        await AllHeardAsync(ann, bob, Channels, "before");
        foreach (var one in new[] { ann, bob }) one.ForgetRecoveries();
        await (await sentinels.PrimaryAsync()).KillAsync();
        foreach (var one in new[] { ann, bob })
            do await one.RecoveredAsync();
            while (one.Backplane.Problem is not null);
        await AllHeardAsync(ann, bob, Channels, "after");
    }

    /// <summary>All channels carry what is published, each in its order. When a connection is lost meanwhile, because
    /// the machine is busy, both are told to recover; then it is tried again.</summary>
    private static async Task AllHeardAsync(
        BackplaneMember sender, BackplaneMember receiver, IReadOnlyCollection<BackplaneChannel> channels, string text)
    {
        for (var attempt = 0; !await TryAllHearAsync(sender, receiver, channels, $"{text} {attempt}:"); attempt++)
            await Eventually.HoldsAsync(() => channels.All(
                channel => sender.Backplane.Carries(channel) && receiver.Backplane.Carries(channel)));
    }

    private static async Task<bool> TryAllHearAsync(
        BackplaneMember sender, BackplaneMember receiver, IReadOnlyCollection<BackplaneChannel> channels, string text)
    {
        const int each = 20;
        foreach (var one in new[] { sender, receiver }) one.ForgetRecoveries();
        for (var i = 0; i < each; i++)
            foreach (var channel in channels) sender.Publish(channel, $"{text} {i}");
        var next = channels.ToDictionary(channel => channel, _ => 0);
        while (next.Values.Any(count => count < each))
        {
            if (await receiver.NextUnlessRecoveredAsync(sender) is not var (channel, heard)) return false;
            if (!heard.StartsWith(text, StringComparison.Ordinal)) continue; // of the step before
            Assert.Equal($"{text} {next[channel]++}", heard);
        }
        return true;
    }

    private static string NameOf(BackplaneChannel channel) =>
        $"chat:{RedisBackplanes.Tag}:c:{channel.Conversation!.Value.Value:N}";

    private static async Task<int> NodeOfAsync(BackplaneMember member, BackplaneChannel channel)
    {
        var redis = await ((RedisBackplane)member.Backplane).Connection.GetAsync();
        return RedisCluster.NodeOf(redis.HashSlot(NameOf(channel)));
    }
}
