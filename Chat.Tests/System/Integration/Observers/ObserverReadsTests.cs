using System.Diagnostics.Metrics;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Server;
using Chat.Server.Observers;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Integration.Observers;

/// <summary>What observers ask the database for each commit.</summary>
public sealed class ObserverReadsTests
{
    private const int Observers = 10, Commits = 200;

    [Fact]
    public async Task Ten_observers_read_an_entry_together_and_then_wait_for_the_bell()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var stores = new StoreHost(database.Settings);
        var created = Drafts.Created("ann", "ben");
        await stores.Conversations.CreateAsync(
            created, ConversationKind.Group, hasOwner: true, CancellationToken.None);
        var (log, seen, bell) = (new CountedLog(stores.Observers.Log), new Counter(), new ObserverBell());
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var host = new ObserverHost(
            Enumerable.Range(0, Observers).Select(n => new ObserverRegistration(
                $"counted {n}", new ChatObserverOptions { Start = ChatStart.Beginning }, _ => seen)),
            new ObserverContext(stores.Observers with { Log = log }, new ScanReads(log, bell), bell,
                services.GetRequiredService<IServiceScopeFactory>(),
                new ObserverMetrics(services.GetRequiredService<IMeterFactory>()), _ => Task.CompletedTask,
                TimeProvider.System, NullLogger.Instance));
        await host.StartAsync(CancellationToken.None);
        await host.StartedAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => seen.Shown == Observers);
        var before = log.Reads;

        for (var commit = 1; commit <= Commits; commit++)
        {
            await stores.Messages.CommitAsync(
                Drafts.Of(Drafts.Message(created.ConversationId)), Drafts.Noon, CancellationToken.None);
            bell.Ring();
            await Eventually.HoldsAsync(() => seen.Shown == Observers * (commit + 1));
        }

        // One each, and some because on a busy machine a quiet observer looks every few seconds without a ring.
        Assert.InRange(log.Reads - before, Commits, 4 * Commits);
        await host.StopAsync(CancellationToken.None);
    }

    private sealed class Counter : IChatObserver
    {
        private int _shown;

        public int Shown => Volatile.Read(ref _shown);

        public Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
        {
            Interlocked.Add(ref _shown, entries.Count);
            return Task.CompletedTask;
        }
    }

    private sealed class CountedLog(IScanLog log) : IScanLog
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public Task<ScanPage> ReadAsync(IReadOnlyList<IdRange> gaps, long top, CancellationToken ct)
        {
            Interlocked.Increment(ref _reads);
            return log.ReadAsync(gaps, top, ct);
        }

        public Task<HashSet<string>> FindWritersAsync(CancellationToken ct) => log.FindWritersAsync(ct);

        public Task<long> FindEndAsync(CancellationToken ct) => log.FindEndAsync(ct);

        public Task<long> FindBeforeAsync(DateTimeOffset time, CancellationToken ct) => log.FindBeforeAsync(time, ct);
    }
}
