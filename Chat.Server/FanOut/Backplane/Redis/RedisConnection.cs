using Chat.Server.Concurrency;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Owns the one connection of this instance to Redis. Whatever speaks to Redis uses it and never closes it.
/// </summary>
/// <remarks>
/// The library mends it after every fault. What is asked while Redis is away fails at once: nothing waits for it.
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    // Packets that vanish hold an attempt to connect for as long as this, also after the network is back.
    private const int ConnectMilliseconds = 2_000, RetryMilliseconds = 100;
    private const int AnswerMilliseconds = 1_000, KeepAliveSeconds = 1;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);
    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
    private static readonly TimeSpan ClosingBound = TimeSpan.FromSeconds(2);

    private readonly RedisSettings _settings;
    private readonly TimeProvider _time;
    // not disposed: its token is asked for until the very end
    private readonly CancellationTokenSource _closing = new();
    private readonly Lazy<Task<IConnectionMultiplexer>> _connecting;

    public RedisConnection(RedisSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _connecting = new(() => Task.Run(ConnectAsync));
    }

    /// <summary>The clock of whatever speaks to Redis.</summary>
    public TimeProvider Time => _time;

    /// <summary>Why it could not be made until now. Null: nothing is known to be wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>For people: where Redis is, without passwords.</summary>
    public string Describe() => _settings.Describe();

    /// <summary>
    /// The multiplexer, which may be disconnected. Ends when there is one; sentinels must answer for that.
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
                // It was never made, or it ends with the process.
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
        // Channels and a key of the library's own, which a user with few rights may not touch.
        options.ConfigurationChannel = "";
        options.TieBreaker = "";
        return options;
    }
}
