using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;

namespace Chat.Tests.Specs;

/// <summary>Every committed entry is shown, at least once, in order in its conversation, on one instance at a time.
/// </summary>
public abstract partial class ObserverSpec : StoreSpec, IAsyncLifetime
{
    private readonly List<ObserverInstance> _instances = [];

    /// <summary>Appends and takes it back, or appends late: what the database can do.</summary>
    internal abstract Task AppendOddlyAsync(Random random, ConversationEntry[] drafts);

    private static CancellationToken None => CancellationToken.None;

    // CH-280
    [SpecFact]
    public async Task Every_entry_of_every_conversation_is_shown_as_it_is_stored()
    {
        var seen = new SeenEntries();
        var one = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(one, "first"), Drafts.Added(one, "cid"), Drafts.Message(one, "second"));
        await StartAsync(seen);

        var other = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(other, "here"), Drafts.Message(one, "there"), Drafts.Message(other, "again"));
        await CommitAsync(Drafts.Edited(one, 2, "better"));

        await seen.HasAsync(all => all.At(one) == 6 && all.At(other) == 3);
        seen.Check();
        foreach (var conversation in new[] { one, other })
            Assert.Equal((await ReadAllAsync(conversation)).Select(Said),
                seen.All.Where(entry => entry.ConversationId == conversation).Select(Said));

        static object Said(ConversationEntry entry) =>
            (entry.Sequence, entry.Id, entry.Kind, entry.SenderId, entry.CreatedAt, BodyOf(entry));
    }

    // CH-281
    [SpecFact]
    public async Task A_new_one_begins_now_or_where_it_is_told_to()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "before"));
        await Database.ExecuteAsync($"update messages set created_at = {TimeLiteral(Drafts.Noon.AddDays(-1))}");
        await CommitAsync(Drafts.Message(conversation, "later")); // at noon
        var (now, from) = (new SeenEntries { MayHaveHoles = true }, new SeenEntries { MayHaveHoles = true });
        await StartAsync(now, options => options.Start = ChatStart.Now, "now");
        await StartAsync(from, options => options.Start = ChatStart.From(Drafts.Noon), "from");
        await Eventually.HoldsAsync(async () => (await Stores.Observers.Leases.ListAsync(None)).Count == 2);
        await CommitAsync(Drafts.Message(conversation, "after"));

        await now.HasAsync(all => all.At(conversation) == 4);
        await from.HasAsync(all => all.At(conversation) == 4);
        Assert.Equal([4], now.All.Select(entry => entry.Sequence));
        Assert.Equal([3, 4], from.All.Select(entry => entry.Sequence));
    }

    // CH-281
    [SpecFact]
    public async Task After_a_stop_another_instance_goes_on_at_once_and_repeats_nothing()
    {
        var seen = new SeenEntries();
        var conversation = await CreateConversationAsync();
        var first = await StartAsync(seen);
        await seen.HasAsync(all => all.Count == 1);
        await StartAsync(seen, host: AnotherInstance());
        for (var i = 0; i < 10; i++) await CommitAsync(Drafts.Message(conversation));
        await seen.HasAsync(all => all.Count == 11);
        await first.StopAsync();
        await CommitAsync(Drafts.Message(conversation));

        await seen.HasAsync(all => all.Count == 12);
        seen.Check();
        Assert.Equal(0, seen.Repeats);
    }

    // CH-282
    [SpecFact]
    public async Task After_a_kill_another_instance_goes_on_where_the_mark_is()
    {
        var seen = new SeenEntries();
        var conversation = await CreateConversationAsync();
        var first = await StartAsync(seen, host: AnotherInstance());
        await seen.HasAsync(all => all.Count == 1);
        await Eventually.HoldsAsync(async () => await MarkAsync() > 0);
        await CommitAsync([.. Enumerable.Range(0, 50).Select(_ => Drafts.Message(conversation))]);
        await seen.HasAsync(all => all.Count == 51);
        await first.KillAsync();
        await CommitAsync(Drafts.Message(conversation));
        await StartAsync(seen);

        await EndLeasesAsync();

        await seen.HasAsync(all => all.Count == 52);
        seen.Check();
    }

    // CH-280
    [SpecFact]
    public async Task Only_one_instance_shows_at_a_time()
    {
        var seen = new SeenEntries();
        var conversation = await CreateConversationAsync();
        var instances = new[]
        {
            await StartAsync(seen), await StartAsync(seen, host: AnotherInstance()),
            await StartAsync(seen, host: AnotherInstance()),
        };
        for (var i = 0; i < 20; i++) await CommitAsync(Drafts.Message(conversation));

        await seen.HasAsync(all => all.Count == 21);
        Assert.Single(instances, instance => instance.Host.RunsSome);
        Assert.Equal((1, 0), (seen.MostAtOnce, seen.Repeats));
    }

    [SpecFact]
    public async Task A_call_has_at_most_so_many_entries_and_only_of_the_kinds_that_are_wanted()
    {
        var seen = new SeenEntries { MayHaveHoles = true };
        var conversation = await CreateConversationAsync();
        await CommitAsync([.. Enumerable.Range(0, 25).Select(_ => Drafts.Message(conversation))]);
        await CommitAsync(Drafts.Added(conversation, "cid"), Drafts.Message(conversation));

        await StartAsync(seen, options => (options.BatchSize, options.Kinds) = (10, EntryKinds.Message));

        await seen.HasAsync(all => all.At(conversation) == 28);
        Assert.All(seen.All, entry => Assert.IsType<MessageEntry>(entry));
        Assert.Equal(26, seen.Count);
        Assert.Equal([10, 10, 6], seen.Sizes);
    }

    [SpecFact]
    public async Task Several_calls_run_at_once_and_never_two_of_one_conversation()
    {
        var seen = new SeenEntries();
        var conversations = new List<ConversationId>();
        for (var i = 0; i < 16; i++) conversations.Add(await CreateConversationAsync());
        foreach (var conversation in conversations)
            await CommitAsync([.. Enumerable.Range(0, 20).Select(_ => Drafts.Message(conversation))]);
        using var two = new SemaphoreSlim(0);
        seen.OnCall = async (_, ct) =>
        {
            // The first waits for the second, so there have to be two.
            if (two.Release() == 0 && seen.Sizes.IsEmpty) await Eventually.HoldsAsync(() => seen.MostAtOnce > 1);
        };

        await StartAsync(seen, options => (options.BatchSize, options.Concurrency) = (5, 4));

        await seen.HasAsync(all => conversations.TrueForAll(conversation => all.At(conversation) == 21));
        seen.Check();
        Assert.InRange(seen.MostAtOnce, 2, 4);
    }

    // CH-285
    [SpecFact]
    public async Task A_mark_behind_the_end_of_the_log_goes_to_the_end_and_the_log_has_another_generation()
    {
        var seen = new SeenEntries { MayHaveHoles = true };
        var conversation = await CreateConversationAsync();
        await Stores.Observers.Leases.AddAsync("spec", 1_000_000, None);
        var instance = await StartAsync(seen);
        await Eventually.HoldsAsync(() => instance.Generations == 1);
        await Eventually.HoldsAsync(async () => await MarkAsync() == 1);

        await CommitAsync(Drafts.Message(conversation));

        await seen.HasAsync(all => all.At(conversation) == 2);
        Assert.Equal([2], seen.All.Select(entry => entry.Sequence));
        Assert.Equal(1, instance.Generations);
    }

    public new async Task DisposeAsync()
    {
        foreach (var instance in _instances) await instance.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected async Task<ObserverInstance> StartAsync(SeenEntries seen,
        Action<ChatObserverOptions>? configure = null, string name = "spec", StoreHost? host = null)
    {
        var instance = await ObserverInstance.StartAsync(host ?? Stores, seen, configure, name);
        _instances.Add(instance);
        return instance;
    }

    private protected async Task<long> MarkAsync() =>
        (await Stores.Observers.Leases.ListAsync(None)).SingleOrDefault()?.Mark ?? -1;

    private Task<List<Parked>> ParkedAsync() => Stores.Observers.Parked.FindAsync("spec", None);

    /// <summary>The time of all leases is over.</summary>
    private protected Task EndLeasesAsync() => Database.ExecuteAsync("update observers set leased_until = "
        + (Kind == DatabaseKind.Sqlite ? "0" : "'2000-01-01'") + " where leased_until is not null");

    private string TimeLiteral(DateTimeOffset time) => Kind == DatabaseKind.Sqlite
        ? $"{Microseconds.ToUnix(time)}"
        : $"'{time:O}'";
}
