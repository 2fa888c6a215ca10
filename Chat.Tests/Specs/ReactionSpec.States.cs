using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

/// <content>Tables, log and pages agree, after races and the rebuild too.</content>
public abstract partial class ReactionSpec
{
    private const int Messages = 6, Writers = 4;

    private static readonly string[] Keys = ["👍", "❤", ":ok:", "🎉"];

    // CH-253, CH-254, CH-255: totals are exact, nothing is told behind a deletion, a page and what follows it are the
    // page after it
    [SpecFact]
    public async Task Racing_instances_leave_exact_totals_and_the_log_tells_them()
    {
        var id = await WithMessagesAsync(Messages);
        var hosts = Enumerable.Range(0, Writers).Select(_ => AnotherInstance()).ToArray();
        var stale = await PageAsync(id);

        await Task.WhenAll(hosts.Select((host, seed) => Task.Run(() => WriteAsync(host, id, seed))));
        var middle = await PageAsync(id);
        await Task.WhenAll(hosts.Select((host, seed) => Task.Run(() => WriteAsync(host, id, seed + 100))));
        foreach (var mark in await Stores.Reactions.UntoldAsync(DateTimeOffset.MaxValue, 99, None))
            Assert.Equal(CommitStatus.Stored, (await TellAsync(Stores, mark, 999_999)).Status);

        var (log, fresh) = (await ReadAllAsync(id), await PageAsync(id));
        var deletions = log.OfType<MessageDeletedEntry>().ToDictionary(d => d.TargetSequence, d => d.Sequence);
        Assert.NotEmpty(deletions);
        Assert.All(log.OfType<ReactionsChangedEntry>(), told => Assert.True(
            told.Sequence < deletions.GetValueOrDefault(told.TargetSequence, long.MaxValue)));
        for (long target = 2; target < Messages + 2; target++)
        {
            var page = await Stores.Reactions.ListAsync(id, target, null, null, None);
            Assert.Equal(Counted(page!.Users), page.Counts);
            Assert.Equal(page.Counts, CountsIn(fresh, target));
            Assert.Equal(page.Counts, Fold(stale, log, target));
            Assert.Equal(page.Counts, Fold(middle, log, target));
            if (deletions.ContainsKey(target)) Assert.Empty(page.Users);
        }
        var tables = await TablesAsync();
        await Stores.Rebuild.RunAsync(None);
        Assert.Equal(tables, await TablesAsync());
    }

    [SpecFact]
    public async Task A_snapshot_and_the_entries_after_it_are_the_next_snapshot_also_while_something_is_untold()
    {
        var id = await WithMessagesAsync(Messages);
        var random = new Random(7);
        var last = await PageAsync(id);
        for (var (step, now) = (0, 0); step < 60; step++, now += random.Next(120))
        {
            await CommitAsync(Stores, now, [.. RandomBatch(id, random)]);
            var (log, next) = (await ReadAllAsync(id), await PageAsync(id));
            for (long target = 2; target < Messages + 2; target++)
                Assert.Equal(CountsIn(next, target), Fold(last, log, target));
            if (step % 3 == 0) last = next;
        }
    }

    // CH-257
    [SpecFact]
    public async Task The_rebuild_restores_totals_and_what_was_told()
    {
        var id = await WithMessagesAsync(3);
        await SetAsync(id, 2, "ann", 0, "👍");
        await SetAsync(id, 2, "bob", 10, "👍", "❤"); // untold
        await SetAsync(id, 3, "ann", 0, "❤");
        var right = await TablesAsync();
        await Database.ExecuteAsync("delete from reaction_totals where target_sequence = 2");
        await Database.ExecuteAsync("update reaction_totals set n = 9");
        await Database.ExecuteAsync("update message_states set reactions_sequence = 1, told_at = null");

        await Stores.Rebuild.RunAsync(None);
        Assert.Equal(right, await TablesAsync());

        await Database.ExecuteAsync("delete from message_states");
        await Stores.Rebuild.RunAsync(None);
        var found = Assert.Single(await Stores.Reactions.UntoldAsync(DateTimeOffset.MaxValue, 9, None));
        Assert.Equal((2, 5), (found.Target, found.Told));
    }

    private protected async Task<ConversationId> WithMessagesAsync(int count)
    {
        var id = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(2, count).Select(i => Drafts.Message(id, $"{i}"))]);
        return id;
    }

    private static async Task WriteAsync(StoreHost host, ConversationId id, int seed)
    {
        var random = new Random(seed);
        for (var (batch, now) = (0, 0); batch < 25; batch++, now += random.Next(150))
        {
            var drafts = RandomBatch(id, random);
            var quiet = random.Next(2) == 0 ? drafts.FindAll(draft => draft.Reaction is not null) : [];
            await RunAgainAsync(() => ReactAsync(host, now, [.. quiet]));
            await RunAgainAsync(() => CommitAsync(host, now, [.. drafts.Except(quiet)]));
            foreach (var mark in await host.Reactions.UntoldAsync(At(now), 3, None))
                await RunAgainAsync(() => TellAsync(host, mark, now));
        }
    }

    /// <summary>Of a message at most one change or set, as the lanes make them.</summary>
    private static List<Draft> RandomBatch(ConversationId id, Random random) =>
    [
        .. Enumerable.Range(2, Messages).OrderBy(_ => random.Next()).Take(random.Next(1, 5)).SelectMany(target =>
            random.Next(40) switch
            {
                0 when target > 3 => [.. Drafts.Of(Drafts.Deleted(id, target))],
                < 6 => Drafts.Of(Drafts.Message(id, "more")),
                _ => Enumerable.Range(0, random.Next(1, 3)).Select(i =>
                    Set(id, target, $"user {i * 10 + random.Next(10)}",
                        [.. Keys.Where(_ => random.Next(3) == 0)])),
            }),
    ];

    private async Task<ShownPage> PageAsync(ConversationId id, string reader = "ann") =>
        (await Stores.Shown.ReadPageAsync(id, new(0, 0, 0, UserId.Parse(reader)), 50, None))!;

    private static IReadOnlyList<ReactionCount> CountsIn(ShownPage page, long target) =>
        page.Current.FirstOrDefault(one => one.Sequence == target)?.Counts ?? [];

    private static IReadOnlyList<ReactionCount> Fold(ShownPage page, List<ConversationEntry> log, long target) =>
        log.Where(entry => entry.Sequence > page.Head && (entry is ReactionsChangedEntry told
                ? told.TargetSequence == target
                : entry is MessageDeletedEntry deleted && deleted.TargetSequence == target))
            .Aggregate(CountsIn(page, target), ReactionFold.Counts);

    private static List<ReactionCount> Counted(IReadOnlyList<ReactionChange> users) =>
    [
        .. users.SelectMany(one => one.Keys).GroupBy(key => key, StringComparer.Ordinal)
            .Select(same => new ReactionCount(same.Key, same.Count())).OrderByDescending(one => one.Count)
            .ThenBy(one => one.Key, Comparer<string>.Create(ReactionRules.Compare)),
    ];

    private async Task<List<string>> TablesAsync() =>
    [
        .. await Database.QueryAsync(
            "select target_sequence, key, n from reaction_totals order by target_sequence, key"),
        .. await Database.QueryAsync("select sequence, version, is_deleted, reactions_sequence, told_at, untold_since "
            + "from message_states order by sequence"),
    ];

    private protected async Task<string> TotalsAsync(ConversationId id, long target) =>
        Said((await Stores.Reactions.ListAsync(id, target, null, null, None))!.Counts);

    private async Task<CurrentMessage> CurrentAsync(ConversationId id, long target, string reader = "ann") =>
        (await PageAsync(id, reader)).Current.Single(one => one.Sequence == target);

    /// <summary>As lanes do it: what cannot be stored so is stored with all else.</summary>
    private protected static async Task<CommitOutcome[]> ReactAsync(
        StoreHost host, int milliseconds, params Draft[] drafts)
    {
        var outcomes = await host.Messages.ReactAsync(drafts, At(milliseconds), None);
        for (var i = 0; i < drafts.Length; i++)
            if (outcomes[i].Status == CommitStatus.Again)
                outcomes[i] = Assert.Single(await CommitAsync(host, milliseconds, drafts[i]));
        return outcomes;
    }

    private protected async Task<CommitOutcome> SetAsync(
        ConversationId id, long target, string user, int milliseconds, params string[] keys) =>
        Assert.Single(await CommitAsync(Stores, milliseconds, Set(id, target, user, keys)));

    private protected static async Task<CommitOutcome> TellAsync(StoreHost host, ReactionMark mark, int milliseconds) =>
        Assert.Single(await CommitAsync(host, milliseconds,
            new Draft(MessageId.New(Drafts.Noon), mark.Conversation, mark.Sender,
                EntryContent.ReactionsChanged(mark.Target))
            {
                Reaction = new ReactionMove(null, Interval) { Told = mark.Told },
            }));

    private protected static Task<CommitOutcome[]> CommitAsync(
        StoreHost host, int milliseconds, params Draft[] drafts) =>
        host.Messages.CommitAsync(drafts, At(milliseconds), None);

    private protected static Draft Set(ConversationId id, long target, string user, params string[] keys) =>
        new(MessageId.New(Drafts.Noon), id, UserId.Parse(user), EntryContent.ReactionsChanged(target))
        {
            Reaction = new ReactionMove(
                [.. keys.Order(Comparer<string>.Create(ReactionRules.Compare))], Interval),
        };

    private protected static DateTimeOffset At(int milliseconds) => Drafts.Noon.AddMilliseconds(milliseconds);

    private protected static (CommitStatus, long) Of(CommitOutcome outcome) => (outcome.Status, outcome.Sequence);

    private protected static string Said(IReadOnlyList<ReactionCount> counts) =>
        string.Join(' ', counts.Select(one => $"{one.Key}{one.Count}"));

    private protected static string Said(ConversationEntry entry) => entry is ReactionsChangedEntry told
        ? $"{Said(told.Counts)} : {(told.Changes is null ? "nobody"
            : string.Join(' ', told.Changes.Select(one => $"{one.UserId}={string.Join(',', one.Keys)}")))}"
        : $"{entry.Kind}";
}
