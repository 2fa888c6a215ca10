using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.FanOut;

/// <summary>CH-113: what all feeds hold together.</summary>
public sealed class FeedMemoryTests : IAsyncDisposable
{
    private const int Limit = 4 * 1024 * 1024, Fat = 30_000;

    private readonly ManualTime _time = new();
    private readonly BackgroundWork _background = new(NullLogger<BackgroundWork>.Instance);
    private readonly ServiceProvider _nobody = new ServiceCollection().BuildServiceProvider();
    private readonly MemoryBudget _memory = FeedRun.Budget(new() { FeedBytes = Limit });
    private readonly FeedContext _context;

    public FeedMemoryTests()
    {
        var options = new FanOutOptions();
        var log = new LogReader(new LogDouble(), Options.Create(options), _memory, FeedRun.Metrics);
        _context = new FeedContext(options, log, new FeedMemory(_memory), FeedRun.Metrics, new EntryObservers(_nobody),
            new TypingTracker(new SignalsOptions(), _time), _time, _background);
    }

    public async ValueTask DisposeAsync()
    {
        await _background.DisposeAsync();
        await _nobody.DisposeAsync();
    }

    [Fact]
    public async Task Many_feeds_together_hold_no_more_than_they_may()
    {
        var feeds = Enumerable.Range(0, 40).Select(_ => Open()).ToList();
        for (var sequence = 1; sequence <= 50; sequence++)
            foreach (var feed in feeds)
            {
                Give(feed, sequence);
                // Emptied on the thread pool: while that runs, a few entries more may come.
                await Eventually.HoldsAsync(() => Task.FromResult(_memory.Feeds.Held <= Limit));
            }
        Assert.InRange(_memory.Feeds.Held, 1, Limit);
    }

    [Fact]
    public async Task Those_that_moved_on_the_longest_ago_are_emptied_first()
    {
        var (old, busy) = (Open(), Open());
        Give(old, 1);
        for (var sequence = 1; _memory.Feeds.Held < Limit - 2 * Weight(busy, sequence - 1); sequence++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Give(busy, sequence);
        }
        for (var more = 0; more < 4; more++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Give(busy, busy.Head + 1);
        }
        await Eventually.HoldsAsync(() => Task.FromResult(_memory.Feeds.Held <= Limit));
        Assert.Null(old.TryTake(0, 1, HubFormat.Instance));
    }

    [Fact]
    public void Encodings_count_and_an_emptied_or_closed_feed_holds_nothing()
    {
        var feed = Open();
        for (var sequence = 1; sequence <= 3; sequence++) Give(feed, sequence);
        var entries = _memory.Feeds.Held;
        Assert.InRange(entries, 3 * 2 * Fat, 3 * 3 * Fat);
        Assert.NotNull(feed.TryTake(0, 3, HubFormat.Instance));
        var oneFormat = _memory.Feeds.Held;
        Assert.InRange(oneFormat - entries, Fat, 6 * Fat);
        Assert.NotNull(feed.TryTake(0, 3, MessagePackFormat.Instance));
        Assert.InRange(_memory.Feeds.Held - oneFormat, Fat, 6 * Fat);
        Assert.NotNull(feed.TryTake(0, 3, StatefulHubFormat.Instance)); // SignalR encodes it once more
        feed.Empty();
        Assert.Equal(0, _memory.Feeds.Held);
        Assert.Null(feed.TryTake(0, 3, HubFormat.Instance));

        Give(feed, 4);
        Give(feed, 9); // early
        Assert.InRange(_memory.Feeds.Held, 2 * 2 * Fat, 2 * 3 * Fat);
        Assert.NotNull(feed.TryTake(3, 4, HubFormat.Instance));
    }

    [Fact]
    public void Bytes_kept_by_some_readers_count_until_the_last_of_them_is_gone()
    {
        var feed = Open();
        var (one, other) = (new Listener(), new Listener());
        feed.TryAttach(one);
        feed.TryAttach(other);
        var shard = one.Shard!;
        for (var sequence = 1; sequence <= 2; sequence++) Give(feed, sequence);
        Assert.NotNull(feed.TryTake(0, 2, HubFormat.Instance));
        var ofFeed = _memory.Feeds.Held;
        var block = shard.TryTake(0, 2, HubFormat.Instance)!;
        Assert.Equal(block.Weight, _memory.Feeds.Held - ofFeed);
        Assert.Same(block, shard.TryTake(0, 2, HubFormat.Instance));
        Assert.Equal(block.Weight, _memory.Feeds.Held - ofFeed);

        feed.Empty(); // as when too much is held
        Assert.Equal(0, _memory.Feeds.Held);
        Assert.Null(shard.TryTake(0, 2, HubFormat.Instance));

        Give(feed, 3);
        ofFeed = _memory.Feeds.Held;
        Assert.NotNull(shard.TryTake(2, 3, HubFormat.Instance));
        var both = _memory.Feeds.Held - ofFeed;
        feed.Detach(one);
        Assert.Equal(both, _memory.Feeds.Held - ofFeed);
        feed.Detach(other);
        Assert.InRange(_memory.Feeds.Held - ofFeed, 1, both - 1); // the feed's own is left
        Assert.NotNull(shard.TryTake(2, 3, HubFormat.Instance)); // somebody who was about to write
        feed.Empty();
        Assert.Equal(0, _memory.Feeds.Held);
    }

    [Fact]
    public void A_feed_that_is_closed_holds_nothing_also_when_something_comes_late()
    {
        var feed = Open();
        Give(feed, 1);
        Assert.True(feed.TryEvict(TimeSpan.Zero));
        Assert.Equal(0, _memory.Feeds.Held);
        Give(feed, 2);
        Assert.Equal(0, _memory.Feeds.Held);
    }

    private Feed Open()
    {
        var feed = new Feed(ConversationId.New(Drafts.Noon), new LogHead(0), _context);
        _context.Memory.Add(feed);
        return feed;
    }

    private static void Give(Feed feed, long sequence) =>
        feed.Arrivals.Accept(Drafts.Message(feed.Conversation, new string('x', Fat)) with { Sequence = sequence });

    private long Weight(Feed feed, long entries) => entries == 0 ? 0 : _memory.Feeds.Held / (feed.Head + 1);

    private sealed class Listener : FeedListener
    {
        public override UserKey User => UserId.Parse("ann").Key();

        public override void OnAdvanced() { }
    }
}
