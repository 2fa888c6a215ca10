using Chat.Contracts.Entries;
using Chat.Server.Erasures;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <content>What is left of reactions to messages without content: nothing, and nobody is shown what is still to
/// go.</content>
public abstract partial class ReactionSpec
{
    // CH-255
    [SpecFact]
    public async Task A_deletion_drops_some_of_very_many_reactions_and_nobody_is_shown_the_others()
    {
        var id = await WithMessagesAsync(2);
        const int Users = 2 * ReactionStore.DroppedAtOnce + 500;
        foreach (var some in Enumerable.Range(0, Users).Chunk(1_500))
            await CommitAsync(Stores, 0, [.. some.Select(user => Set(id, 2, $"u{user:00000}", "👍"))]);
        await SetAsync(id, 3, "u00001", 0, "👍");

        await CommitAsync(Drafts.Deleted(id, 2));

        Assert.Equal(Users - ReactionStore.DroppedAtOnce, await LeftAsync());
        foreach (var user in new[] { "u00001", $"u{Users - 1:00000}" })
            Assert.Empty((await CurrentAsync(id, 2, user)).Mine);
        foreach (var (key, after) in new (string?, string?)[] { (null, null), ("👍", null), (null, "u03000") })
        {
            var page = await Stores.Reactions.ListAsync(
                id, 2, key, after is null ? null : Chat.Contracts.Identifiers.UserId.Parse(after), None);
            Assert.Equal((0, 0, null), (page!.Counts.Count, page.Users.Count, page.Next?.Value));
        }
        Assert.Empty(await Stores.Reactions.UntoldAsync(DateTimeOffset.MaxValue, 9, None));
        Assert.Equal(CommitStatus.Gone, (await SetAsync(id, 2, "u00001", 0, "👍")).Status);
        Assert.Equal(CommitStatus.Gone, Assert.Single(await ReactAsync(Stores, 0, Set(id, 2, "u1", "👍"))).Status);

        for (var left = Users - ReactionStore.DroppedAtOnce; left > 0; left -= ReactionStore.DroppedAtOnce)
        {
            Assert.True(await AnotherInstance().Reactions.DropAsync(None));
            Assert.Equal(Math.Max(0, left - ReactionStore.DroppedAtOnce), await LeftAsync());
        }
        Assert.False(await Stores.Reactions.DropAsync(None));
        Assert.Equal("1", Assert.Single(await Database.QueryAsync("select count(*) from reactions")));
        Assert.Empty(await Database.QueryAsync("select 1 from message_states where untold_since is not null"));

        async Task<int> LeftAsync() => int.Parse(Assert.Single(await Database.QueryAsync(
            "select count(*) from reactions where target_sequence = 2")));
    }

    // CH-260: a conversation is not held for as long as many rows take
    [SpecFact]
    public async Task An_erasure_drops_some_of_very_many_reactions_a_transaction_and_nobody_is_shown_the_others()
    {
        var id = await WithMessagesAsync(4);
        const int Many = 2 * ReactionStore.DroppedAtOnce + 500, More = ReactionStore.DroppedAtOnce + 100;
        foreach (var (target, users) in new[] { (2, Many), (3, 10), (4, More), (5, 3) })
            foreach (var some in Enumerable.Range(0, users).Chunk(1_500))
                await CommitAsync(Stores, 0, [.. some.Select(user => Set(id, target, $"u{user:00000}", "👍"))]);

        // One transaction ahead of the entry, and that of the entry.
        await new ContentEraser(Stores.Erasures, new StoredErasures(Stores))
            .EraseAsync(new ErasureOrder(id, Through: 4, User: null, "test"), None);

        var left = await LeftAsync();
        Assert.Equal(Many + 10 + More - 2 * ReactionStore.DroppedAtOnce, left);
        foreach (var target in new[] { 2L, 3, 4 })
        {
            Assert.Empty((await PageAsync(id, "u00001")).Current.Where(one =>
                one.Sequence == target && (one.Mine.Count > 0 || one.Counts.Count > 0)));
            var page = await Stores.Reactions.ListAsync(id, target, null, null, None);
            Assert.Equal((0, 0), (page!.Counts.Count, page.Users.Count));
            Assert.Equal(CommitStatus.Gone, (await SetAsync(id, target, "new", 9_000, "👍")).Status);
        }
        Assert.DoesNotContain(await Stores.Reactions.UntoldAsync(DateTimeOffset.MaxValue, 9, None),
            mark => mark.Target < 5);
        while (await AnotherInstance().Reactions.DropAsync(None))
        {
            var now = await LeftAsync();
            Assert.InRange(left - now, 0, ReactionStore.DroppedAtOnce);
            left = now;
        }
        Assert.Equal(0, left);
        Assert.Empty(await Database.QueryAsync(
            "select 1 from message_states where untold_since is not null and sequence < 5"));
        Assert.Equal("👍3", await TotalsAsync(id, 5));

        async Task<int> LeftAsync() => int.Parse(Assert.Single(await Database.QueryAsync(
            "select count(*) from reactions where target_sequence < 5")));
    }

    // CH-255: in either order
    [SpecFact]
    public async Task Reactions_that_race_an_erasure_leave_nothing_of_what_is_erased()
    {
        const int Last = 21, Kept = 20; // the last messages keep their content
        var id = await WithMessagesAsync(Last - 1);
        for (var target = 2; target <= Last; target++) await SetAsync(id, target, "ann", 0, "👍");
        var hosts = Enumerable.Range(0, Writers).Select(_ => AnotherInstance()).ToArray();

        var erasing = Task.Run(async () =>
        {
            for (var upTo = 2; upTo < Kept; upTo++)
                await RunAgainAsync(() => Stores.Erasures.EraseAsync(id, [new ErasedPart(upTo - 1, upTo)], null, None));
        });
        await Task.WhenAll(hosts.Select((host, seed) => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var batch = 0; batch < 60; batch++)
            {
                var drafts = Enumerable.Range(2, Last - 1).Where(_ => random.Next(3) == 0)
                    .Select(target => Set(id, target, $"user {random.Next(20)}", Keys[random.Next(Keys.Length)]));
                await RunAgainAsync(() => ReactAsync(host, 100, [.. drafts]));
            }
        })).Append(erasing));

        Assert.Empty(await Database.QueryAsync($"select 1 from reactions where target_sequence < {Kept}"));
        Assert.Empty(await Database.QueryAsync($"select 1 from reaction_totals where target_sequence < {Kept}"));
        for (long target = Kept; target <= Last; target++)
        {
            var page = await Stores.Reactions.ListAsync(id, target, null, null, None);
            Assert.Equal(Counted(page!.Users), page.Counts);
        }
    }
}
