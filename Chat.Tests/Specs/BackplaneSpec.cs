using System.Text;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>What every backplane does.</summary>
public abstract class BackplaneSpec : IAsyncLifetime
{
    private static readonly BackplaneChannel Somewhere = ChannelOf(1);

    internal abstract BackplaneNet Net { get; }

    public abstract Task InitializeAsync();

    public async Task DisposeAsync() => await Net.DisposeAsync();

    [SpecFact]
    public async Task A_message_reaches_the_others_that_have_subscribed_and_not_its_sender()
    {
        var (ann, bob, cid) = (await Net.JoinAsync(), await Net.JoinAsync(), await Net.JoinAsync());
        foreach (var one in new[] { ann, bob, cid }) await one.SubscribeAsync(Somewhere);
        Assert.True(ann.Backplane.HasPeers);
        ann.Publish(Somewhere, "hello");
        Assert.Equal((Somewhere, "hello"), await bob.NextAsync());
        Assert.Equal((Somewhere, "hello"), await cid.NextAsync());
        bob.Publish(Somewhere, "hello yourself");
        Assert.Equal((Somewhere, "hello yourself"), await ann.NextAsync()); // and not its own before
    }

    [SpecFact]
    public async Task Only_what_is_subscribed_comes()
    {
        var (ann, bob) = (await Net.JoinAsync(), await Net.JoinAsync());
        await bob.SubscribeAsync(BackplaneChannel.Everyone);
        for (var i = 1; i <= 8; i++) ann.Publish(ChannelOf(i), "not for bob");
        ann.Publish(BackplaneChannel.Everyone, "for all");
        Assert.Equal((BackplaneChannel.Everyone, "for all"), await bob.NextAsync());
        for (var i = 1; i <= 8; i += 2) await bob.SubscribeAsync(ChannelOf(i));
        for (var i = 1; i <= 8; i++) ann.Publish(ChannelOf(i), $"{i}");
        var seen = new List<string>();
        while (seen.Count < 4) seen.Add((await bob.NextAsync()).Text);
        Assert.Equal(["1", "3", "5", "7"], seen.Order());
    }

    [SpecFact]
    public async Task A_channel_keeps_its_order()
    {
        var (ann, bob) = (await Net.JoinAsync(), await Net.JoinAsync());
        var channels = Enumerable.Range(1, 4).Select(ChannelOf).ToArray();
        foreach (var channel in channels) await bob.SubscribeAsync(channel);
        const int each = 2_000;
        await Task.WhenAll(channels.Select(channel => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) ann.Publish(channel, $"{i}");
        })));
        var next = channels.ToDictionary(channel => channel, _ => 0);
        for (var i = 0; i < each * channels.Length; i++)
        {
            var (channel, text) = await bob.NextAsync();
            Assert.Equal($"{next[channel]++}", text);
        }
    }

    [SpecFact]
    public async Task Two_deployments_do_not_see_each_other()
    {
        var (ann, bob, stranger) = (await Net.JoinAsync(), await Net.JoinAsync(), await Net.JoinAsync("other"));
        foreach (var one in new[] { bob, stranger }) await one.SubscribeAsync(Somewhere);
        await stranger.SubscribeAsync(BackplaneChannel.Everyone);
        var friend = await Net.JoinAsync("other");
        ann.Publish(Somewhere, "ours");
        ann.Publish(BackplaneChannel.Everyone, "ours");
        await bob.NextAsync();
        friend.Publish(Somewhere, "theirs");
        Assert.Equal((Somewhere, "theirs"), await stranger.NextAsync());
    }

    [SpecFact]
    public async Task After_unsubscribing_nothing_more_comes_and_subscribing_again_works()
    {
        var (ann, bob) = (await Net.JoinAsync(), await Net.JoinAsync());
        var other = ChannelOf(2);
        await bob.SubscribeAsync(Somewhere);
        await bob.SubscribeAsync(Somewhere); // twice is once
        bob.Backplane.Unsubscribe(Somewhere);
        bob.Backplane.Unsubscribe(ChannelOf(3)); // never subscribed
        await bob.SubscribeAsync(other); // on another node the first may still be under way
        await Net.UnsubscribedAsync(bob, Somewhere);
        ann.Publish(Somewhere, "nobody hears");
        ann.Publish(other, "bob hears");
        Assert.Equal((other, "bob hears"), await bob.NextAsync());
        for (var i = 0; i < 20; i++)
        {
            bob.Backplane.Unsubscribe(Somewhere);
            await bob.SubscribeAsync(Somewhere);
            ann.Publish(Somewhere, $"{i}");
            Assert.Equal((Somewhere, $"{i}"), await bob.NextAsync());
        }
    }

    [SpecFact]
    public async Task A_message_of_one_mebibyte_comes_whole()
    {
        var (ann, bob) = (await Net.JoinAsync(), await Net.JoinAsync());
        await bob.SubscribeAsync(Somewhere);
        var text = string.Create(1 << 20, 0, (span, _) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + i % 23);
        });
        ann.Publish(Somewhere, text);
        ann.Publish(Somewhere, "small");
        Assert.Equal(text, (await bob.NextAsync()).Text);
        Assert.Equal("small", (await bob.NextAsync()).Text);
    }

    [SpecFact]
    public async Task Ten_thousand_channels_are_no_trouble()
    {
        var (ann, bob) = (await Net.JoinAsync(), await Net.JoinAsync());
        var channels = Enumerable.Range(1, 10_000).Select(ChannelOf).ToArray();
        await Task.WhenAll(channels.Select(bob.Backplane.Subscribe)).WaitAsync(Bounds.Run);
        foreach (var channel in channels) ann.Publish(channel, "one each");
        var seen = new HashSet<BackplaneChannel>();
        while (seen.Count < channels.Length) Assert.True(seen.Add((await bob.NextAsync()).Channel));
    }

    internal static BackplaneChannel ChannelOf(int number)
    {
        Span<byte> id = stackalloc byte[16];
        Encoding.ASCII.GetBytes($"{number,16}", id);
        return BackplaneChannel.Of(new ConversationId(new Guid(id)));
    }
}
