using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Observing;

namespace Chat.Tests.Specs;

/// <content>Random runs.</content>
public abstract partial class ObserverSpec
{
    private const int Kills = 6, Writers = 3, AppendsOfWriter = 60;

    // CH-280, CH-282, CH-283
    [SpecFact]
    public async Task Whatever_happens_each_entry_is_shown_in_order_and_none_that_was_taken_back()
    {
        foreach (var seed in Seeds.Of(2))
        {
            try
            {
                await RunAsync(seed).WaitAsync(Bounds.Run);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{Seeds.Name}={seed}", e);
            }
        }
    }

    private async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        var conversations = new List<ConversationId>();
        for (var i = 0; i < 12; i++) conversations.Add(await CreateConversationAsync());
        var isCalm = false;
        var seen = new SeenEntries();
        seen.OnCall = (_, _) => !Volatile.Read(ref isCalm) && Random.Shared.Next(40) == 0
            ? throw new IOException("now and then")
            : Task.CompletedTask;
        var name = $"seed {seed}";
        var writing = Task.WhenAll(Enumerable.Range(0, Writers)
            .Select(n => Task.Run(() => WriteAsync(new Random(seed * 100 + n), conversations))));
        var instances = new List<ObserverInstance>();
        for (var i = 0; i < 2; i++) instances.Add(await RunOneAsync());
        for (var kill = 0; kill < Kills; kill++)
        {
            var count = seen.Count + random.Next(1, 60);
            await Eventually.HoldsAsync(() => writing.IsCompleted || seen.Count >= count);
            if (instances.Find(instance => instance.Host.RunsSome) is not { } running) continue;
            instances.Remove(running);
            if (random.Next(4) == 0)
            {
                await running.StopAsync();
            }
            else
            {
                await running.KillAsync();
                await EndLeasesAsync(); // of the dead one: that of one who lives may not be taken from it
            }
            instances.Add(await RunOneAsync());
        }
        await writing;
        Volatile.Write(ref isCalm, true);

        var logs = new Dictionary<ConversationId, List<ConversationEntry>>();
        foreach (var conversation in conversations) logs[conversation] = await ReadAllAsync(conversation);
        await seen.HasAsync(all => logs.All(log => all.At(log.Key) == log.Value.Count));
        seen.Check();
        var shown = seen.All.ToLookup(entry => entry.ConversationId, entry => entry.Id);
        foreach (var (conversation, log) in logs) Assert.Equal(log.Select(entry => entry.Id), shown[conversation]);
        foreach (var instance in instances) await instance.StopAsync();

        Task<ObserverInstance> RunOneAsync() => StartAsync(seen,
            options => (options.BatchSize, options.Concurrency) = (random.Next(1, 30), random.Next(1, 4)), name,
            AnotherInstance());
    }

    private async Task WriteAsync(Random random, List<ConversationId> conversations)
    {
        for (var i = 0; i < AppendsOfWriter; i++)
        {
            ConversationEntry[] drafts = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
                Drafts.Message(conversations[random.Next(conversations.Count)], $"{i}",
                    dedupeKey: random.Next(3) == 0 ? Guid.NewGuid().ToString("N") : null))];
            if (random.Next(5) == 0) await RunAgainAsync(() => AppendOddlyAsync(random, drafts));
            else await RunAgainAsync(() => CommitAsync(drafts));
        }
    }
}
