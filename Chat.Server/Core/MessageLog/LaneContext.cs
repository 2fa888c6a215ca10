using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Polly;
using Polly.Retry;

namespace Chat.Server.Core.MessageLog;

/// <summary>What all lanes share.</summary>
internal sealed class LaneContext(
    CoreOptions options, IMessageStore store, FeedRegistry feeds, EntryHints hints, AccessCache access,
    AccessChanges accessChanges, Admission admission, ChatMetrics metrics, IEnumerable<ICommitObserver> observers,
    TimeProvider time, ILogger<AppendLane> logger)
{
    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));

    private readonly Lazy<ResiliencePipeline> _resolve = new(() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(TimeSpan.FromMilliseconds(Math.Max(10, options.InDoubtMilliseconds)))
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<StoreException>(),
            DelayGenerator = static retry => new ValueTask<TimeSpan?>(Retries.Next(retry.AttemptNumber)),
            MaxRetryAttempts = int.MaxValue,
        })
        .Build());

    public CoreOptions Options => options;

    public IMessageStore Store => store;

    public FeedRegistry Feeds => feeds;

    public EntryHints Hints => hints;

    public AccessCache Access => access;

    public AccessChanges AccessChanges => accessChanges;

    public Admission Admission => admission;

    public ChatMetrics Metrics => metrics;

    public ICommitObserver[] Observers { get; } = [.. observers];

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    /// <summary>The query changes nothing, so it can be repeated, and the database may soon be available
    /// again.</summary>
    public ResiliencePipeline ResolvePipeline => _resolve.Value;
}
