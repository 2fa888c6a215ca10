using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Servers;

namespace Chat.Tests.Integration.Messages;

/// <summary>A user's devices on two instances with Redis between them.</summary>
[RequiresPostgres]
[RequiresRedis]
public sealed class OwnReactionTests(RedisSite site) : IClassFixture<RedisSite>
{
    // CH-258
    [SpecFact]
    public async Task A_device_on_another_instance_hears_what_no_entry_says_and_nobody_else_does()
    {
        await site.StartAsync();
        // Long: an entry tells nothing but the first change.
        (string, string)[] settings =
            [.. OnTwoServers.NoLimits, ("Chat:Messages:ReactionIntervalMilliseconds", "60000")];
        await using var first = await site.AddServerAsync(settings);
        await using var second = await site.AddServerAsync(settings);
        foreach (var server in new[] { first, second }) await RedisSite.UntilHealthAsync(server, "ready");
        await using var ann = await first.ConnectHubAsync("ann");
        await using var laptop = await first.ConnectHubAsync("ben");
        await using var phone = await second.ConnectHubAsync("ben");
        await using var other = await second.ConnectHubAsync("ann");
        var id = (await ann.CreateConversationAsync(new() { ParticipantIds = [UserId.Parse("ben")] })).Id;
        foreach (var device in new[] { ann, laptop, phone, other }) await device.JoinAsync(id);
        var (onLaptop, onPhone, onOther) = (HeardBy(laptop), HeardBy(phone), HeardBy(other));
        await ann.SendAsync(id, "one"); // 2
        await ann.SetReactionsAsync(id, 2, ["👍"]); // 3, which tells it

        var told = await UntilHeardAsync(laptop, onPhone, id);
        Assert.Equal((id, 2L), (told.ConversationId, told.TargetSequence));
        Assert.Contains(Assert.Single(told.Keys), (string[])[":ok:", "❤"]);
        await UntilHeardAsync(phone, onLaptop, id);

        Assert.Empty(onOther);
    }

    /// <summary>A hint may be lost while instances get to know each other.</summary>
    private static async Task<OwnReactions> UntilHeardAsync(
        ChatHubConnection from, ConcurrentQueue<OwnReactions> heard, ConversationId id)
    {
        heard.Clear();
        var isOdd = false;
        await Eventually.HoldsAsync(async () =>
        {
            await from.SetReactionsAsync(id, 2, [(isOdd = !isOdd) ? ":ok:" : "❤"]);
            return !heard.IsEmpty;
        });
        return heard.First();
    }

    private static ConcurrentQueue<OwnReactions> HeardBy(ChatHubConnection device)
    {
        var heard = new ConcurrentQueue<OwnReactions>();
        device.OnOwnReactions(heard.Enqueue);
        return heard;
    }
}
