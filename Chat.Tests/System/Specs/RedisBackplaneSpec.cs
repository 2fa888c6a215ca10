using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Tests.Fixtures;
using StackExchange.Redis;

namespace Chat.Tests.Specs;

/// <summary>
/// What the backplane over Redis does beyond the others: whatever happens to Redis, it works again by itself, and
/// says so.
/// </summary>
public abstract class RedisBackplaneSpec : BackplaneSpec
{
    /// <summary>Milliseconds between two probes where an outage is to be noticed.</summary>
    private const int Often = 200;

    private RedisNet _net = null!;

    /// <summary>How the instances speak to Redis.</summary>
    protected abstract string Protocol { get; }

    internal override BackplaneNet Net => _net;

    public override async Task InitializeAsync() => _net = await RedisNet.StartAsync(Protocol);

    [SpecFact]
    public Task It_works_again_after_a_restart() => AfterFaultAsync(
        () => _net.Server.StopAsync(),
        () => _net.Server.StartAgainAsync());

    [SpecFact]
    public Task It_works_again_after_a_crash() => AfterFaultAsync(
        () => _net.Server.KillAsync(),
        () => _net.Server.StartAgainAsync());

    [SpecFact]
    public Task It_works_again_after_a_pause() => AfterFaultAsync(
        () => _net.Server.Pause(),
        () => _net.Server.Resume());

    [SpecFact]
    public Task It_works_again_after_a_partition() => AfterFaultAsync(
        () => _net.Proxy.Freeze(),
        () => _net.Proxy.Thaw());

    [SpecFact]
    public Task It_works_again_after_cuts_and_refusals() => AfterFaultAsync(
        () => { _net.Proxy.Refuse(); _net.Proxy.Cut(); },
        () => _net.Proxy.Accept());

    [SpecFact]
    public async Task Every_cut_ends_with_a_recovery()
    {
        var (ann, bob) = (await _net.JoinAsync(), await _net.JoinAsync());
        var channels = Enumerable.Range(1, 100).Select(ChannelOf).ToArray();
        await Task.WhenAll(channels.Select(bob.SubscribeAsync));
        for (var i = 0; i < 5; i++)
        {
            foreach (var one in new[] { ann, bob }) one.ForgetRecoveries();
            _net.Proxy.Cut();
            foreach (var one in new[] { ann, bob })
            {
                await one.RecoveredAsync();
                while (one.Backplane.Problem is not null) await one.RecoveredAsync();
            }
            foreach (var channel in channels) ann.Publish(channel, $"{i}");
            var seen = new HashSet<BackplaneChannel>();
            while (seen.Count < channels.Length)
                if (await bob.NextAsync() is var (channel, text) && text == $"{i}") seen.Add(channel);
        }
    }

    [SpecFact]
    public async Task It_starts_while_Redis_is_refused_and_connects_when_it_comes()
    {
        var ann = await _net.JoinAsync();
        _net.Proxy.Refuse();
        var bob = _net.JoinLater();
        await bob.SubscribeAsync(ChannelOf(1)); // does not wait for Redis
        bob.Publish(ChannelOf(1), "lost");
        Assert.Contains("redis", bob.Backplane.Problem);
        _net.Proxy.Accept();
        while (bob.Backplane.Problem is not null) await bob.RecoveredAsync();
        ann.Publish(ChannelOf(1), "hello");
        Assert.Equal((ChannelOf(1), "hello"), await bob.NextAsync());
    }

    [SpecFact]
    public async Task A_subscription_that_got_lost_on_the_way_is_noticed()
    {
        _net.ProbeMilliseconds = Often;
        var (ann, bob) = (await _net.JoinAsync(), await _net.JoinAsync());
        await bob.SubscribeAsync(ChannelOf(1));
        bob.ForgetRecoveries();
        var redis = await ((RedisBackplane)bob.Backplane).Connection.GetAsync();
        await redis.GetSubscriber().UnsubscribeAsync(RedisChannel.Sharded(_net.NameOf(ChannelOf(1))));
        await bob.RecoveredAsync();
        await ArriveAsync(ann, bob, [ChannelOf(1)]);
    }

    [SpecFact]
    public async Task An_instance_that_has_not_subscribed_receives_none_of_it()
    {
        var pushed = new List<string>();
        _net.Proxy.LosesPush = channel =>
            {
                lock (pushed) pushed.Add(channel);
                return false;
            };
        var (ann, bob) = (await _net.JoinAsync(), await _net.JoinAsync());
        await ann.SubscribeAsync(ChannelOf(2));
        await bob.SubscribeAsync(ChannelOf(2));
        for (var i = 0; i < 100; i++) ann.Publish(ChannelOf(1), "nobody listens");
        ann.Publish(ChannelOf(2), "bob listens");
        await bob.NextAsync();
        lock (pushed)
        {
            Assert.DoesNotContain(_net.NameOf(ChannelOf(1)), pushed);
            Assert.Contains(_net.NameOf(ChannelOf(2)), pushed);
        }
    }

    private Task AfterFaultAsync(Action fault, Action repair) => AfterFaultAsync(
        () =>
        {
            fault();
            return Task.CompletedTask;
        },
        () =>
        {
            repair();
            return Task.CompletedTask;
        });

    private async Task AfterFaultAsync(Func<Task> fault, Func<Task> repair)
    {
        _net.ProbeMilliseconds = Often;
        var (ann, bob) = (await _net.JoinAsync(), await _net.JoinAsync());
        var channels = Enumerable.Range(1, 20).Select(ChannelOf).ToArray();
        await Task.WhenAll(channels.Select(bob.SubscribeAsync));
        foreach (var one in new[] { ann, bob }) one.ForgetRecoveries();

        await fault();
        await NoticedAsync(ann, bob);
        // A caller that waited for Redis would wait for the repair, which comes after it.
        await Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++) ann.Publish(channels[i % channels.Length], "may be lost");
        }).WaitAsync(Bounds.Wait);
        bob.Backplane.Unsubscribe(channels[0]);
        await bob.Backplane.Subscribe(ChannelOf(1_000)).WaitAsync(Bounds.Wait);
        await repair();
        foreach (var one in new[] { ann, bob })
            do await one.RecoveredAsync();
            while (one.Backplane.Problem is not null);

        await ArriveAsync(ann, bob, [ChannelOf(1_000), .. channels[1..]]);
    }

    /// <summary>A message in each channel comes, once. Where Redis was silent meanwhile some may be lost, and both are
    /// told so: then each is sent again.</summary>
    private static async Task ArriveAsync(BackplaneMember from, BackplaneMember to, BackplaneChannel[] channels)
    {
        for (var round = 0; ; round++)
        {
            foreach (var channel in channels) from.Publish(channel, $"round {round}");
            var left = channels.ToHashSet();
            while (left.Count > 0 && await to.NextUnlessRecoveredAsync(from) is var (channel, text))
                if (text == $"round {round}") Assert.True(left.Remove(channel), $"{channel} came twice");
            if (left.Count == 0) return;
            foreach (var one in new[] { from, to })
            {
                while (one.Backplane.Problem is not null) await one.RecoveredAsync();
                one.ForgetRecoveries();
            }
        }
    }

    /// <summary>The probes find out within a few beats.</summary>
    private static Task NoticedAsync(params BackplaneMember[] members) =>
        Eventually.HoldsAsync(() => members.All(one => one.Backplane.Problem is not null));
}
