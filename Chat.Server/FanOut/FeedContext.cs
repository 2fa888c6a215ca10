using Chat.Server.Concurrency;
using Chat.Server.FanOut.Signals;
using Chat.Server.Observability;

namespace Chat.Server.FanOut;

/// <summary>What all feeds of this instance share.</summary>
internal sealed class FeedContext(
    FanOutOptions options, LogReader log, FeedMemory memory, ChatMetrics metrics, EntryObservers observers,
    TypingTracker typing, TimeProvider time, BackgroundWork background)
{
    /// <summary>Raised when an entry came that does not belong to the log as a feed knows it.</summary>
    public event Action? Doubted;

    /// <summary>Large enough to wake in one batch, small enough that data written first is also sent first.</summary>
    public int ReadersPerShard => 64;

    /// <summary>Runs the rounds of all feeds with few readers.</summary>
    public Pump<FeedShard> SmallFeeds { get; } = FeedPump.ForSmall();

    public FanOutOptions Options => options;

    public LogReader Log => log;

    public FeedMemory Memory => memory;

    public ChatMetrics Metrics => metrics;

    public EntryObservers Observers => observers;

    public TimeProvider Time => time;

    public TypingTracker Typing => typing;

    public CancellationToken Stopping => background.Stopping;

    public void Doubt() => Doubted?.Invoke();

    public void Run(Func<Task> work) => background.Run(work);
}
