using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.FanOut;

/// <summary>One random life of a feed: what happens, and in which order, follows from the seed; how threads interleave
/// does not.</summary>
internal sealed class FeedRun : IAsyncDisposable
{
    internal static readonly ChatMetrics Metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider()
        .GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    /// <summary>What may be held; by default as much as a server may.</summary>
    public static MemoryBudget Budget(MemoryOptions? options = null) =>
        new(options ?? new(), new ServiceCollection().AddMetrics().BuildServiceProvider()
            .GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    private readonly Random _random;
    private readonly LogDouble _log = new();
    private readonly ManualTime _time = new();
    private readonly LoneFeeds _lone;
    private readonly List<Seat> _seats = [];
    private readonly List<List<ConversationEntry>> _hints = [];

    private FeedRegistry Feeds => _lone.Registry;

    public FeedRun(int seed)
    {
        _random = new Random(seed);
        var options = new FanOutOptions
        {
            FeedCapacity = _random.Next(16, 48), CatchUpPage = _random.Next(1, 20),
            BlockBytes = 8 * _random.Next(1, 30), FeedBytes = _random.Next(300, 20_000),
        };
        _lone = new LoneFeeds(_log, options, _time);
        for (var i = _random.Next(0, 30); i > 0; i--) _log.Commit(Drafts.Message(_log.Conversation));
    }

    /// <summary>What is wrong after a random life; null when all is as promised.</summary>
    public async Task<string?> RunAsync()
    {
        for (var i = _random.Next(20, 120); i > 0; i--) await StepAsync();
        _log.FailReads(0);
        _log.GoOn();
        foreach (var seat in _seats) seat.Writer.Unblock();
        Feeds.Find(_log.Conversation)?.Arrivals.Observe(_log.Head);
        return await SettleAsync()
            ?? _seats.Select(seat => seat.Problem()).FirstOrDefault(problem => problem is not null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var seat in _seats) await seat.Writer.EndAsync();
        await _lone.DisposeAsync();
    }

    private async Task StepAsync()
    {
        switch (_random.Next(18))
        {
            case 0 or 1 or 2: CommitSome(); break;
            case 3 or 4 or 5: PassOnAHint(); break;
            case 6: if (_hints.Count > 0) _hints.RemoveAt(_random.Next(_hints.Count)); break;
            case 7: await JoinAsync(); break;
            case 8: AnySeat()?.Leave(); break;
            case 9: AnySeat()?.Writer.Block(); break;
            case 10: AnySeat()?.Writer.Unblock(); break;
            case 11: Feeds.Find(_log.Conversation)?.Arrivals.Observe(_random.Next(3) == 0
                ? _random.Next(1, 100)
                : _log.Head); break;
            case 12: _time.Advance(TimeSpan.FromMilliseconds(_random.Next(300))); break;
            case 13 or 14: await JoinAgainAsync(); break;
            case 15: _log.Hold(); break;
            case 16: _log.GoOn(); break;
            default: RemoveAUserOrFail(); break;
        }
        if (_random.Next(3) == 0) await Task.Yield();
    }

    private void CommitSome()
    {
        var entries = new List<ConversationEntry>();
        for (var i = _random.Next(1, 12); i > 0; i--)
            entries.Add(_log.Commit(Drafts.Message(_log.Conversation, new string('x', _random.Next(60)))));
        _hints.Add(entries);
        if (_random.Next(2) == 0) PassOn(_hints.Count - 1, keep: false);
    }

    private void PassOnAHint()
    {
        if (_hints.Count > 0) PassOn(_random.Next(_hints.Count), keep: _random.Next(4) == 0);
    }

    private void PassOn(int at, bool keep)
    {
        Feeds.Publish(_hints[at]);
        if (!keep) _hints.RemoveAt(at);
    }

    private void RemoveAUserOrFail()
    {
        if (_random.Next(3) > 0) _log.FailReads(_random.Next(4));
        else if (AnySeat() is { Gone: false } seat)
        {
            // Who joined before sees this entry as the last one.
            var removal = _log.Commit(Drafts.Removed(_log.Conversation, seat.Writer.User.Id.Value));
            seat.RemovedAt = removal.Sequence;
            _hints.Add([removal]);
        }
    }

    private async Task JoinAsync()
    {
        var writer = new RecordingWriter(UserId.Parse($"user{_seats.Count}").Key(), _lone.Writers);
        if (_random.Next(4) == 0) writer.Block();
        Subscription? subscription = null;
        var head = (await Feeds.AttachAsync(_log.Conversation,
            feed => subscription = new Subscription(writer, feed)))!.Value.Head;
        subscription!.Cursor = head;
        writer.TryAdd(subscription);
        long? after = _random.Next(3) == 0 ? null : _random.NextInt64(0, head + 1);
        _seats.Add(new Seat(writer, subscription, after ?? head));
        if (_random.Next(3) == 0) await Task.Yield();
        subscription.Activate(after);
    }

    private async Task JoinAgainAsync()
    {
        if (AnySeat() is not { Gone: false } seat) return;
        await seat.JoinAgainAsync(
            _random.Next(3) == 0 ? null : _random.NextInt64(0, Feeds.Find(_log.Conversation)!.Head + 1));
    }

    private Seat? AnySeat() => _seats.Count == 0 ? null : _seats[_random.Next(_seats.Count)];

    /// <summary>Moves the clock until everybody has everything.</summary>
    private async Task<string?> SettleAsync()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (_seats.Find(seat => !seat.IsComplete(_log.Head)) is { } behind)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
            if (System.Diagnostics.Stopwatch.GetElapsedTime(started) > Bounds.Wait)
                return $"{behind} never reached {Math.Min(behind.RemovedAt, _log.Head)}";
        }
        return null;
    }
}
