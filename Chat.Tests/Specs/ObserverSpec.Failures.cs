using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Observers;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;

namespace Chat.Tests.Specs;

/// <content>What becomes of entries that an observer fails with.</content>
public abstract partial class ObserverSpec
{
    // CH-283
    [SpecFact]
    public async Task A_conversation_that_fails_is_parked_and_the_others_go_on()
    {
        var seen = new SeenEntries();
        var (good, bad) = (await CreateConversationAsync(), await CreateConversationAsync());
        var isBroken = true;
        seen.OnCall = (entries, _) => isBroken && entries.Any(entry => entry.ConversationId == bad
            && entry.Sequence > 1) ? throw new IOException("no") : Task.CompletedTask;
        await StartAsync(seen);
        await seen.HasAsync(all => all.Count == 2);
        await CommitAsync(Drafts.Message(bad), Drafts.Message(good), Drafts.Message(bad), Drafts.Message(good));
        await seen.HasAsync(all => all.At(good) == 3);
        await CommitAsync(Drafts.Message(bad), Drafts.Message(good));
        await seen.HasAsync(all => all.At(good) == 4);
        await Eventually.HoldsAsync(async () => await MarkAsync() == 8);
        var parked = Assert.Single(await ParkedAsync());
        Assert.Equal((bad, 1), (parked.Conversation, parked.Position));
        Assert.Contains("no", parked.Error, StringComparison.Ordinal);

        isBroken = false;

        await seen.HasAsync(all => all.At(bad) == 4);
        await Eventually.HoldsAsync(async () => (await ParkedAsync()).Count == 0);
        await CommitAsync(Drafts.Message(bad));
        await seen.HasAsync(all => all.At(bad) == 5);
        seen.Check();
    }

    // CH-283
    [SpecFact]
    public async Task What_is_parked_is_still_so_on_the_next_instance()
    {
        var seen = new SeenEntries();
        var (good, bad) = (await CreateConversationAsync(), await CreateConversationAsync());
        var isBroken = true;
        seen.OnCall = (entries, _) => isBroken && entries.Any(entry => entry.ConversationId == bad)
            ? throw new IOException("no")
            : Task.CompletedTask;
        var first = await StartAsync(seen);
        await seen.HasAsync(all => all.At(good) == 1);
        await Eventually.HoldsAsync(async () => await MarkAsync() == 2);
        await first.StopAsync();
        await CommitAsync(Drafts.Message(bad), Drafts.Message(good));
        await StartAsync(seen, host: AnotherInstance());
        await seen.HasAsync(all => all.At(good) == 2);
        Assert.Equal(0, seen.At(bad));

        isBroken = false;

        await seen.HasAsync(all => all.At(bad) == 2);
        seen.Check();
    }

    // CH-283
    [SpecFact]
    public async Task Whoever_fails_with_everything_keeps_its_place_and_parks_nothing()
    {
        var seen = new SeenEntries();
        var conversations = new List<ConversationId>();
        for (var i = 0; i < Failing.Most + 5; i++) conversations.Add(await CreateConversationAsync());
        var isBroken = true;
        var calls = 0;
        seen.OnCall = (_, _) =>
        {
            Interlocked.Increment(ref calls);
            return isBroken ? throw new IOException("down") : Task.CompletedTask;
        };
        await StartAsync(seen);
        await Eventually.HoldsAsync(() => Volatile.Read(ref calls) > Failing.Most + 1); // it was tried again
        Assert.Empty(await ParkedAsync());
        Assert.Equal(0, await MarkAsync());

        isBroken = false;

        await seen.HasAsync(all => conversations.TrueForAll(conversation => all.At(conversation) == 1));
        seen.Check();
        await Eventually.HoldsAsync(async () => await MarkAsync() == conversations.Count);
        Assert.Empty(await ParkedAsync());
    }

    // CH-283
    [SpecFact]
    public async Task With_too_many_that_failed_it_keeps_its_place()
    {
        var seen = new SeenEntries();
        var (good, bad) = (await CreateConversationAsync(), await CreateConversationAsync());
        var isBroken = true;
        seen.OnCall = (entries, _) => isBroken && entries.Any(entry => entry.ConversationId == bad)
            ? throw new IOException("no")
            : Task.CompletedTask;
        await Stores.Observers.Leases.AddAsync("spec", 0, None);
        var lease = (await Stores.Observers.Leases.TakeAsync("spec", Guid.NewGuid(), None))!;
        Assert.True(await Stores.Observers.Parked.PutAsync("spec", lease,
            [.. Enumerable.Range(0, Failing.MostParked).Select(_ => new Parked(ConversationId.New(Drafts.Noon), 0, 1,
                TimeProvider.System.GetUtcNow().AddDays(1), "no"))], None));
        await Stores.Observers.Leases.ReleaseAsync("spec", lease.Epoch, 0, None);
        await StartAsync(seen);
        await seen.HasAsync(all => all.At(good) == 1);
        await CommitAsync(Drafts.Message(good));
        Assert.Equal(Failing.MostParked, (await ParkedAsync()).Count);
        Assert.InRange(await MarkAsync(), 0, 1); // up to the one that fails

        isBroken = false;

        await seen.HasAsync(all => all.At(bad) == 1 && all.At(good) == 2);
        seen.Check();
    }

    // CH-283, CH-284
    [SpecFact]
    public async Task What_is_parked_goes_back_with_the_others()
    {
        var seen = new SeenEntries();
        var bad = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(bad), Drafts.Message(bad));
        var isBroken = true;
        seen.OnCall = (entries, _) => isBroken && entries.Any(entry => entry.Sequence > 3)
            ? throw new IOException("no")
            : Task.CompletedTask;
        var instance = await StartAsync(seen);
        await seen.HasAsync(all => all.At(bad) == 3);
        await CommitAsync(Drafts.Message(bad));
        await Eventually.HoldsAsync(async () =>
            (await ParkedAsync()).SingleOrDefault()?.Position == 3);
        seen.Forget();

        await instance.Rewinds.RewindAsync("spec", ChatStart.Beginning);

        await seen.HasAsync(all => all.At(bad) == 3);
        isBroken = false;
        await seen.HasAsync(all => all.At(bad) == 4);
        seen.Check();
    }
}
