using Chat.Server.Concurrency;
using Chat.Server.Observability;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// Checks whether messages are carried, and reports it. The library restores connections; this verifies that.
/// </summary>
/// <remarks>
/// The library alone is not enough: it notices a silent server only after five seconds, and reports a connection as
/// restored before its subscriptions are. When messages are carried again, the receiver reads the database.
/// </remarks>
internal sealed partial class RedisWatch(
    RedisConnection connection,
    RedisWatched watched,
    BackplaneOptions options,
    ChatMetrics metrics,
    ILogger<RedisBackplane> logger)
{
    /// <summary>Number of probes without an answer that make an outage.</summary>
    private const double ProbesOfAnOutage = 2.5;

    private const int BeatsPerCount = 3, MostLacking = 2, ShortestGivenUpMilliseconds = 2_000;

    private const double ProbesOfDoubt = 1.5;

    private static readonly TimeSpan ShortBeat = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time = watched.Time;
    private readonly TimeSpan _probe = TimeSpan.FromMilliseconds(options.ProbeMilliseconds);
    private readonly TimeSpan _givenUp = TimeSpan.FromMilliseconds(
        Math.Max(ShortestGivenUpMilliseconds, options.ProbeMilliseconds * ProbesOfAnOutage));

    private readonly WakeOnce _broke = new();
    private volatile string? _breakReason;
    private volatile bool _up;
    private bool _toldDown;
    private int _lacking;
    private long _downSince;

    /// <summary>Whether an attempt makes sense: a server may only be slow.</summary>
    /// <remarks>The nodes of a cluster that answer carry their own channels.</remarks>
    public bool IsReachable => _up || watched.Probes.SilentFor(_givenUp) < watched.Probes.Count;

    /// <summary>A short, public description of the problem.</summary>
    public string? Problem
    {
        get
        {
            if (_up) return null;
            var (silent, all) = (watched.Probes.SilentFor(_probe * ProbesOfAnOutage), watched.Probes.Count);
            var isPartial = silent > 0 && silent < all;
            return isPartial ? $"redis: {silent} of {all} nodes do not answer" : "redis does not answer";
        }
    }

    /// <summary>Whether messages of others on a channel arrive: in a cluster, through its node.</summary>
    public bool Carries(RedisChannel channel) =>
        _up || (connection.GetAsync() is { IsCompletedSuccessfully: true } ready
            && watched.Probes.SilenceOf(ready.Result.HashSlot((byte[])channel!)) <= _probe * ProbesOfAnOutage);

    /// <summary>Until the instance stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        _downSince = _time.GetTimestamp();
        try
        {
            var connecting = connection.GetAsync();
            while (await Task.WhenAny(connecting, Task.Delay(_probe * ProbesOfAnOutage, _time, stopping)) != connecting)
            {
                stopping.ThrowIfCancellationRequested();
                Down(connection.Problem ?? "no connection yet");
            }
            await WatchAsync(await connecting, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the instance stops
        }
    }

    private async Task WatchAsync(IConnectionMultiplexer redis, CancellationToken stopping)
    {
        redis.ConnectionFailed += (_, failure) => Broke(failure);
        redis.HashSlotMoved += (_, _) => watched.Inbox.Recover();
        var subscriber = redis.GetSubscriber();
        watched.Subscriptions.Use(subscriber);
        if (!redis.IsConnected) Down("no connection could be made");
        for (var beats = 1; ; beats++)
        {
            try
            {
                if (Interlocked.Exchange(ref _breakReason, null) is { } reason) Down(reason);
                await watched.Probes.SendAsync(redis);
                if (_up) Check(beats);
                else await HealAsync(redis, subscriber);
            }
            catch (Exception e) when (RedisFailure.Is(e))
            {
                Down(e.Message);
            }
            var calm = _up && watched.Probes.Silence < _probe * ProbesOfDoubt;
            await _broke.WaitAsync(calm || _probe < ShortBeat ? _probe : ShortBeat, _time, stopping);
        }
    }

    private void Check(int beats)
    {
        if (watched.Probes.Silence > _probe * ProbesOfAnOutage)
        {
            Down("no probe came back");
            return;
        }
        if (beats % BeatsPerCount != 0) return;
        var lacking = watched.Subscriptions.Lacking(out var moved);
        if (moved) watched.Inbox.Recover();
        if (lacking == 0) return;
        Log.LacksChannels(logger, lacking, watched.Subscriptions.Count);
        Down("channels are missing");
    }

    private async Task HealAsync(IConnectionMultiplexer redis, ISubscriber subscriber)
    {
        if (AreStrangers(redis))
            Down("the addresses are separate servers: neither a Redis Cluster nor replicas of one");
        else if (!watched.Probes.AnsweredSince(_downSince))
        {
            if (_time.GetElapsedTime(_downSince) > _probe * ProbesOfAnOutage) Down("no probe came back");
        }
        else
        {
            await watched.Subscriptions.SettleAsync();
            if (watched.Subscriptions.Lacking(out _) > 0)
            {
                // The library subscribes again by itself; what it does not, though every server answers, it has lost.
                if (++_lacking > MostLacking) await watched.Subscriptions.RenewAsync();
                return;
            }
            await subscriber.PingAsync();
            if (_breakReason is null) Up();
        }
    }

    /// <summary>Some instances would use the one and some the other.</summary>
    private static bool AreStrangers(IConnectionMultiplexer redis) =>
        redis.GetServers() is { Length: > 1 } servers && servers.All(server => server.ServerType != ServerType.Sentinel)
        && servers.Count(server =>
            server is { IsConnected: true, IsReplica: false, ServerType: ServerType.Standalone }) > 1;

    private void Broke(ConnectionFailedEventArgs failure)
    {
        // Failed attempts are not a change.
        if (failure.FailureType is ConnectionFailureType.UnableToConnect or ConnectionFailureType.ConnectionDisposed)
            return;
        _breakReason = $"the connection was lost ({failure.FailureType})";
        _broke.Set();
    }

    private void Up()
    {
        _up = true;
        _toldDown = false;
        _lacking = 0;
        metrics.BackplaneNode(0, up: true);
        Log.Up(logger, connection.Describe());
        watched.Inbox.Recover();
    }

    private void Down(string reason)
    {
        metrics.BackplaneNode(0, up: false);
        if (_up || _breakReason is not null) _downSince = _time.GetTimestamp();
        _up = false;
        if (_toldDown) return;
        _toldDown = true;
        Log.Down(logger, connection.Describe(), reason);
    }

    private static partial class Log
    {
        [LoggerMessage(3110, LogLevel.Information, "Redis at {Place} carries messages between instances")]
        public static partial void Up(ILogger logger, string place);

        [LoggerMessage(
            3111,
            LogLevel.Warning,
            "Redis at {Place} does not answer: messages from other instances arrive late, "
            + "with the next comparison with the database. {Reason}")]
        public static partial void Down(ILogger logger, string place, string reason);

        [LoggerMessage(
            3112,
            LogLevel.Warning,
            "{Lacking} of {Wanted} channels of this instance have no subscription in Redis: subscribing again")]
        public static partial void LacksChannels(ILogger logger, int lacking, int wanted);
    }
}
