using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <summary>Reactions as the statement that stores them decides and tells them: on either database.</summary>
public abstract partial class ReactionSpec : StoreSpec
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private protected static CancellationToken None => CancellationToken.None;

    // CH-252, CH-254
    [SpecFact]
    public async Task The_first_change_is_told_at_once_and_the_next_ones_at_the_end_of_the_interval()
    {
        var id = await WithMessagesAsync(1); // 2

        var first = await SetAsync(id, 2, "ann", 0, "👍");
        var second = await SetAsync(id, 2, "bob", 100, "👍", ":ok:");
        var third = await SetAsync(id, 2, "cyd", 200, "❤");

        Assert.Equal((CommitStatus.Stored, 3), (first.Status, first.Sequence));
        Assert.Equal((CommitStatus.Stored, 0, CommitStatus.Stored, 0),
            (second.Status, second.Sequence, third.Status, third.Sequence));
        var mark = Assert.IsType<ReactionMark>(third.Reactions!.Untold);
        Assert.Equal((3, first.CreatedAt + Interval), (mark.Told, mark.DueAt));
        Assert.Equal("👍1 : ann=👍", Said((await ReadAllAsync(id))[2]));
        Assert.Equal("👍1", Said((await CurrentAsync(id, 2)).Counts)); // of the entry, not of the totals
        Assert.Equal(["❤"], (await CurrentAsync(id, 2, "cyd")).Mine);

        Assert.Equal((CommitStatus.Stored, 4), Of(await TellAsync(Stores, mark, 250)));

        Assert.Equal("👍2 :ok:1 ❤1 : nobody", Said((await ReadAllAsync(id))[3]));
        Assert.Equal("👍2 :ok:1 ❤1", Said((await CurrentAsync(id, 2)).Counts));
        Assert.Equal((CommitStatus.Stored, 5), Of(await SetAsync(id, 2, "cyd", 500)));
        Assert.Equal("👍2 :ok:1 : cyd=", Said((await ReadAllAsync(id))[4]));
    }

    // CH-253
    [SpecFact]
    public async Task A_set_replaces_the_one_before_and_the_same_once_more_changes_nothing()
    {
        var id = await WithMessagesAsync(1);
        await SetAsync(id, 2, "ann", 0, "👍", "❤");
        await SetAsync(id, 2, "ann", 1_000, "❤", ":ok:");

        Assert.Equal((CommitStatus.Duplicate, 4), Of(await SetAsync(id, 2, "ann", 2_000, ":ok:", "❤")));
        Assert.Equal((CommitStatus.Duplicate, 4), Of(await SetAsync(id, 2, "bob", 2_000)));
        Assert.Equal(":ok:1 ❤1", await TotalsAsync(id, 2));
        Assert.Equal((CommitStatus.Stored, 5), Of(await SetAsync(id, 2, "ann", 3_000)));
        Assert.Equal("", await TotalsAsync(id, 2));
        Assert.Empty(await Database.QueryAsync("select 1 from reactions"));
        Assert.Empty((await CurrentAsync(id, 2)).Counts);
    }

    // CH-253
    [SpecFact]
    public async Task Reactions_to_what_is_no_message_or_has_no_content_are_not_stored()
    {
        var id = await WithMessagesAsync(3);
        await CommitAsync(Drafts.Deleted(id, 3)); // 5
        await Stores.Erasures.MarkAsync(id, 2, None);

        Assert.Equal(CommitStatus.Gone, (await SetAsync(id, 2, "ann", 0, "👍")).Status);
        Assert.Equal(CommitStatus.Gone, (await SetAsync(id, 3, "ann", 0, "👍")).Status);
        foreach (var target in new long[] { 1, 5, 9 })
            Assert.Equal(CommitStatus.NoMessage, (await SetAsync(id, target, "ann", 0, "👍")).Status);
        Assert.Empty(await Database.QueryAsync("select 1 from reactions"));
        Assert.Empty(await Database.QueryAsync("select 1 from reaction_totals"));
    }

    // CH-253
    [SpecFact]
    public async Task Who_was_muted_or_put_out_since_may_not_react_and_slow_mode_does_not_matter()
    {
        var id = await WithMessagesAsync(1);
        Draft By(string user, long asOf) => Set(id, 2, user, "👍") with { AsOf = asOf };
        await Stores.Messages.CommitAsync([new Draft(MessageId.New(Drafts.Noon), id, UserId.Parse("ann"),
            EntryContent.ConversationChanged(new() { SlowModeSeconds = 60 }))], Drafts.Noon, None); // 3
        Assert.Equal(CommitStatus.Stored, (await CommitAsync(Stores, 0, By("bob", 1)))[0].Status); // 4
        await Stores.Messages.CommitAsync([new Draft(MessageId.New(Drafts.Noon), id, UserId.Parse("ann"),
            EntryContent.RoleChanged(UserId.Parse("bob"), ParticipantRole.Readonly))
            {
                Terms = new RoleTerms(null, ""),
            }], Drafts.Noon, None); // 5
        var taken = Set(id, 2, "bob") with { AsOf = 4 };

        Assert.Equal([CommitStatus.NotAllowed, CommitStatus.Stored],
            (await CommitAsync(Stores, 10, taken, By("ann", 4))).Select(outcome => outcome.Status));
        Assert.Equal("👍2", await TotalsAsync(id, 2));
    }

    // CH-253
    [SpecFact]
    public async Task A_message_has_at_most_twenty_different_reactions_whoever_comes_together()
    {
        var id = await WithMessagesAsync(1);
        for (var i = 0; i < 19; i += 8)
            await SetAsync(id, 2, $"u{i}", 0, [.. Enumerable.Range(i, Math.Min(8, 19 - i)).Select(n => $":k{n:00}:")]);

        var together = await CommitAsync(Stores, 0, Set(id, 2, "too much", ":a:", ":b:"), Set(id, 2, "one", ":c:"),
            Set(id, 2, "two", ":d:"), Set(id, 2, "known", ":k00:"), Set(id, 2, "same", ":c:"));
        var stored = together.Select(outcome => outcome.Status).ToList();

        // PostgreSQL has those tried again alone that depend on others of the batch.
        Assert.Equal([CommitStatus.TooMany, CommitStatus.Stored], [stored[0], stored[3]]);
        foreach (var (at, user, key) in new[] { (1, "one", ":c:"), (2, "two", ":d:"), (4, "same", ":c:") })
            if (stored[at] == CommitStatus.Again) stored[at] = (await SetAsync(id, 2, user, 0, key)).Status;
        Assert.Equal(
            [CommitStatus.Stored, CommitStatus.TooMany, CommitStatus.Stored], [stored[1], stored[2], stored[4]]);
        Assert.Equal("20", Assert.Single(await Database.QueryAsync("select count(*) from reaction_totals")));
        Assert.Equal(CommitStatus.TooMany, (await SetAsync(id, 2, "two", 0, ":d:")).Status);
        Assert.Equal(CommitStatus.Stored, (await SetAsync(id, 2, "u16", 0, ":k16:", ":k17:", ":d:")).Status);
        Assert.Equal("20", Assert.Single(await Database.QueryAsync("select count(*) from reaction_totals")));
    }

    // CH-254, CH-255
    [SpecFact]
    public async Task Several_instances_tell_once_and_one_tells_for_another_that_has_ended()
    {
        var id = await WithMessagesAsync(1);
        await SetAsync(id, 2, "ann", 0, "👍"); // 3
        var mark = (await SetAsync(id, 2, "bob", 10, "👍")).Reactions!.Untold!;
        var other = AnotherInstance();

        Assert.Empty(await other.Reactions.UntoldAsync(At(10), 9, None));
        var found = Assert.Single(await other.Reactions.UntoldAsync(At(1_010), 9, None));
        Assert.Equal((id, 2, 3, "ann"), (found.Conversation, found.Target, found.Told, found.Sender.Value));
        var told = await Task.WhenAll(
            new[] { (Stores, mark), (other, mark), (other, found) }.Select(one => Task.Run(async () =>
            {
                CommitOutcome outcome = default;
                await RunAgainAsync(async () => outcome = await TellAsync(one.Item1, one.Item2, 1_010));
                return outcome.Status;
            })));

        Assert.Equal([CommitStatus.Stored, CommitStatus.Duplicate, CommitStatus.Duplicate], told.Order());
        Assert.Equal(4, (await ReadAllAsync(id)).Count);
        Assert.Empty(await other.Reactions.UntoldAsync(At(9_000), 9, None));
    }

    // CH-255
    [SpecFact]
    public async Task A_deletion_between_mark_and_tell_drops_reactions_and_nothing_is_told()
    {
        var id = await WithMessagesAsync(1);
        await SetAsync(id, 2, "ann", 0, "👍");
        var mark = (await SetAsync(id, 2, "bob", 10, "👍")).Reactions!.Untold!;
        await CommitAsync(Drafts.Deleted(id, 2)); // 4

        Assert.Equal(CommitStatus.Gone, (await TellAsync(Stores, mark, 300)).Status);
        Assert.Equal(CommitStatus.Gone, (await SetAsync(id, 2, "cyd", 300, "👍")).Status);
        Assert.Equal(4, (await ReadAllAsync(id)).Count);
        foreach (var table in new[] { "reactions", "reaction_totals", "message_states where untold_since is not null" })
            Assert.Empty(await Database.QueryAsync($"select 1 from {table}"));
        Assert.Empty((await CurrentAsync(id, 2)).Counts);
    }

    // CH-254: what a storm costs readers
    [SpecFact]
    public async Task A_storm_is_told_once_per_interval_in_small_entries_and_counts_are_exact()
    {
        var id = await WithMessagesAsync(1);
        string[] keys = ["👍", "❤", "😂", "🎉", ":shipit:"];
        ReactionMark? mark = null;
        for (var batch = 0; batch < 200; batch++) // 10 s
        {
            var drafts = Enumerable.Range(batch * 25, 25).Select(u => Set(id, 2, $"user-{u:00000}", keys[u % 5]));
            var outcomes = await CommitAsync(Stores, batch * 50, [.. drafts]);
            mark = outcomes[^1].Reactions!.Untold;
        }
        if (mark is not null) await TellAsync(Stores, mark, 10_000);

        var told = (await ReadAllAsync(id)).OfType<ReactionsChangedEntry>().ToList();
        Assert.InRange(told.Count, 2, 41);
        Assert.Equal(5_000, told[^1].Counts.Sum(one => one.Count));
        Assert.Equal(Said(told[^1].Counts), await TotalsAsync(id, 2));
        Assert.All(told, entry => Assert.InRange(
            JsonSerializer.SerializeToUtf8Bytes<ConversationEntry>(entry, ChatJsonContext.Default.ConversationEntry)
                .Length, 1, 512 - 64)); // and the frame around it
        Assert.All(told.Skip(1), entry => Assert.Null(entry.Changes)); // 25 at once
    }

    // CH-256
    [SpecFact]
    public async Task Who_has_reacted_is_listed_in_pages_by_user()
    {
        var id = await WithMessagesAsync(1);
        for (var i = 0; i < 250; i += 50)
            await CommitAsync(Stores, i, [.. Enumerable.Range(i, 50).Select(u =>
                Set(id, 2, $"u{u:000}", u % 100 == 0 ? ":rare:" : "👍"))]);

        var first = await Stores.Reactions.ListAsync(id, 2, null, null, None);
        var last = await Stores.Reactions.ListAsync(id, 2, null, UserId.Parse("u199"), None);
        var rare = await Stores.Reactions.ListAsync(id, 2, ":rare:", null, None);

        Assert.Equal("👍247 :rare:3", Said(first!.Counts));
        Assert.Equal((100, "u099"), (first.Users.Count, first.Next?.Value));
        Assert.Equal((50, null), (last!.Users.Count, last.Next?.Value));
        Assert.Equal(["u000", "u100", "u200"], rare!.Users.Select(one => one.UserId.Value));
        Assert.Null(rare.Next);
        Assert.Null(await Stores.Reactions.ListAsync(id, 1, null, null, None));
    }
}
