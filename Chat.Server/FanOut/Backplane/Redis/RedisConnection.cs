using Chat.Server.Concurrency;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Owns the only connection of this instance to Redis. All users of Redis share it and never close it.
/// </summary>
/// <remarks>
/// The library restores it after every failure. Calls while Redis is down fail at once.
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    // Lost packets delay an attempt to connect for this long, even after the network is back.
    private const int ConnectMilliseconds = 2_000, RetryMilliseconds = 100;
    private const int AnswerMilliseconds = 1_000, KeepAliveSeconds = 1;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);
    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
    private static readonly TimeSpan ClosingBound = TimeSpan.FromSeconds(2);

    private readonly RedisSettings _settings;
    private readonly TimeProvider _time;
    // not disposed: its token is used until the very end
    private readonly CancellationTokenSource _closing = new();
    private readonly Lazy<Task<IConnectionMultiplexer>> _connecting;

    public RedisConnection(RedisSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _connecting = new(() => Task.Run(ConnectAsync));
    }

    /// <summary>The clock of all users of Redis.</summary>
    public TimeProvider Time => _time;

    /// <summary>Why there is no connection yet. Null: no known problem.</summary>
    public string? Problem { get; private set; }

    /// <summary>For people: where Redis is, without passwords.</summary>
    public string Describe() => _settings.Describe();

    /// <summary>
    /// The multiplexer, which may be disconnected. Completes when there is one, which requires an answer of the
    /// sentinels, if any.
    /// </summary>
    /// <exception cref="OperationCanceledException">The instance stops.</exception>
    public Task<IConnectionMultiplexer> GetAsync() => _connecting.Value;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_connecting.IsValueCreated)
            try
            {
                var redis = await _connecting.Value.WaitAsync(ClosingBound, _time);
                await redis.CloseAsync(allowCommandsToComplete: false).WaitAsync(ClosingBound, _time);
            }
            catch (Exception e) when (RedisFailure.Is(e))
            {
                // It was never created, or it ends with the process.
            }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var redis = await ConnectionMultiplexer.ConnectAsync(Options());
                if (!_closing.IsCancellationRequested) return redis;
                await redis.CloseAsync(allowCommandsToComplete: false).WaitAsync(ClosingBound, _time);
            }
            catch (Exception e) when (RedisFailure.Is(e))
            {
                Problem = e.Message;
            }
            await Retries.WaitAsync(failures, _time, _closing.Token);
        }
    }

    private ConfigurationOptions Options()
    {
        var options = _settings.Options.Clone();
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = AnswerMilliseconds;
        options.ConnectTimeout = ConnectMilliseconds;
        options.KeepAlive = KeepAliveSeconds;
        options.HeartbeatInterval = Heartbeat;
        options.ReconnectRetryPolicy = new LinearRetry(RetryMilliseconds);
        // Channels and a key of the library itself, which a user with few rights may not access.
        options.ConfigurationChannel = "";
        options.TieBreaker = "";
        return options;
    }
}
