using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;
using Chat.Server.Core.MessageLog;
using Chat.Server.Observers;
using Chat.Server.Observers.Store;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Observers;

/// <summary>Rows appear in any order, some never: each is read once, at the first read that could, and the mark is
/// never past one that may still come.</summary>
public sealed class ScanTests
{
    // CH-280
    [Fact]
    public async Task Rows_in_any_order_are_each_read_once_and_the_mark_waits_for_those_that_may_come()
    {
        foreach (var seed in Seeds.Of(200))
        {
            var random = new Random(seed);
            var log = new Log();
            var scan = new Scan(log, new ScanReads(log, new ObserverBell()), 0);
            var read = new HashSet<long>();
            for (var step = 0; step < 120 || log.Writers.Count > 0; step++)
            {
                switch (step < 120 ? random.Next(4) : 3)
                {
                    case 0: log.Begin(random); break;
                    case 1: log.Skip(random.Next(5)); break;
                    case 2 or 3 when log.Writers.Count > 0: log.End(random); break;
                }
                if (random.Next(2) == 0) continue;
                foreach (var (id, _) in await scan.NextAsync(CancellationToken.None))
                    Assert.True(read.Add(id), $"{Seeds.Name}={seed}: {id} was read twice");
                Assert.True(log.Rows.IsSubsetOf(read), $"{Seeds.Name}={seed}: a row was passed over");
                Assert.True(log.Open.All(id => id > scan.Mark),
                    $"{Seeds.Name}={seed}: the mark passed one that may come");
            }
            for (var i = 0; i < 3; i++) read.UnionWith((await scan.NextAsync(default)).Select(row => row.Id));
            Assert.Equal(log.Rows.Order(), read.Order());
            Assert.Equal((false, log.Rows.DefaultIfEmpty().Max()), (scan.HasGaps, scan.Mark));
        }
    }

    [Fact]
    public async Task A_page_that_was_cut_says_nothing_of_gaps_behind_its_end()
    {
        var log = new Log { Most = 2 };
        var scan = new Scan(log, new ScanReads(log, new ObserverBell()), 0);
        log.Take("a", 1, 3, 5);
        log.Take("b", 2, 4, 6);
        log.Commit("b");
        Assert.Equal([2, 4], (await scan.NextAsync(default)).Select(row => row.Id));
        log.Commit("a");
        // Two at a time: 5 is a gap while 1 and 3 come, and is not over before it was looked for.
        var read = new List<long>();
        while (await scan.NextAsync(default) is { Count: > 0 } rows) read.AddRange(rows.Select(row => row.Id));
        Assert.Equal([1, 3, 5, 6], read.Order());
    }

    [Fact]
    public async Task A_page_is_read_once_however_many_observers_there_are()
    {
        var (log, bell) = (new Log(), new ObserverBell());
        var reads = new ScanReads(log, bell);
        Scan[] scans = [.. Enumerable.Range(0, 10).Select(_ => new Scan(log, reads, 0))];
        for (var id = 1; id <= 100; id++)
        {
            log.Take("a", id);
            log.Commit("a");
            bell.Ring();
            foreach (var scan in scans)
            {
                Assert.Equal([id], (await scan.NextAsync(default)).Select(row => row.Id));
                Assert.False(scan.MayHaveMore);
            }
        }
        Assert.Equal(100, log.Reads);
    }

    [Fact]
    public async Task One_that_is_given_a_page_of_before_the_last_ring_knows_that_there_may_be_more()
    {
        var (log, bell) = (new Log(), new ObserverBell());
        var reads = new ScanReads(log, bell);
        var (first, second) = (new Scan(log, reads, 0), new Scan(log, reads, 0));
        log.Take("a", 1);
        log.Commit("a");
        bell.Ring();
        await first.NextAsync(default);
        log.Take("a", 2);
        log.Commit("a");
        bell.Ring();

        Assert.Equal([1], (await second.NextAsync(default)).Select(row => row.Id));
        Assert.True(second.MayHaveMore); // it has heard of both already
        Assert.Equal([2], (await second.NextAsync(default)).Select(row => row.Id));
        Assert.False(second.MayHaveMore);
    }

    [Fact]
    public void A_ring_allocates_nothing_however_many_observers_there_are()
    {
        var bell = new ObserverBell();
        WakeOnce[] waiting = [.. Enumerable.Range(0, 10).Select(_ => new WakeOnce())];
        foreach (var one in waiting) bell.Rung += one.Set;
        ICommitObserver commits = bell;
        Assert.Equal(0, Allocations.BytesOf(() => commits.Committed([])));
    }

    /// <summary>A log in memory. Transactions take numbers, and show them when they end.</summary>
    private sealed class Log : IScanLog
    {
        private readonly Dictionary<string, List<long>> _taken = [];
        private long _next = 1;
        private int _names;

        public int Most { get; init; } = int.MaxValue;

        public HashSet<long> Rows { get; } = [];

        /// <summary>How often it was asked for a page.</summary>
        public int Reads { get; private set; }

        public IReadOnlyCollection<string> Writers => _taken.Keys;

        public IEnumerable<long> Open => _taken.Values.SelectMany(ids => ids);

        public void Begin(Random random)
        {
            var count = random.Next(1, 5);
            Take($"{_names++}", [.. Enumerable.Range(0, count).Select(i => _next + i)]);
            if (_taken.Count > 1 && random.Next(3) == 0) // one that goes on
                _taken[_taken.Keys.First()].Add(_next++);
        }

        public void Take(string writer, params long[] ids)
        {
            _taken[writer] = [.. ids];
            _next = Math.Max(_next, ids.Max() + 1);
        }

        public void Skip(int count) => _next += count;

        public void End(Random random)
        {
            var writer = _taken.Keys.ElementAt(random.Next(_taken.Count));
            if (random.Next(3) == 0) _taken.Remove(writer);
            else Commit(writer);
        }

        public void Commit(string writer)
        {
            Rows.UnionWith(_taken[writer]);
            _taken.Remove(writer);
        }

        public Task<ScanPage> ReadAsync(IReadOnlyList<IdRange> gaps, long top, CancellationToken ct)
        {
            Reads++;
            List<LoggedEntry> all = [.. Rows
                .Where(id => id > top || gaps.Any(gap => id >= gap.First && id <= gap.Last)).Order()
                .Select(id => new LoggedEntry(id, Entry))];
            return Task.FromResult(new ScanPage(all[..Math.Min(all.Count, Most)], all.Count >= Most));
        }

        public Task<HashSet<string>> FindWritersAsync(CancellationToken ct) =>
            Task.FromResult<HashSet<string>>([.. _taken.Keys]);

        public Task<long> FindEndAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task<long> FindBeforeAsync(DateTimeOffset time, CancellationToken ct) =>
            throw new NotSupportedException();

        private static MessageEntry Entry { get; } = Drafts.Message(ConversationId.New(Drafts.Noon));
    }
}
