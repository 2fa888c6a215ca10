using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>One Redis server of the backplane: the channels that are wanted there, and the loop that keeps a session to it.</summary>
/// <remarks>There is one way back from every fault: a new session, all channels again, then the receiver looks at the database.</remarks>
internal sealed partial class RedisNode(RedisContext context, RedisEndpoint endpoint, int index)
{
    private const int ProbesOfAnOutage = 3, ProbesOfALostSession = 6, BeatsPerCount = 3;

    private static readonly TimeSpan LostSession = TimeSpan.FromSeconds(2), LongestBackoff = TimeSpan.FromSeconds(1), FirstBackoff = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<BackplaneChannel, Task> _channels = [];
    private volatile RedisSession? _session;
    private volatile bool _up;
    private bool _toldDown;

    /// <summary>Whether messages come through.</summary>
    public bool IsUp => _up;

    /// <summary>The connection, for tests that break it from within.</summary>
    internal RedisSession? Session => _session;

    /// <inheritdoc cref="IBackplane.Subscribe" />
    public Task Subscribe(BackplaneChannel channel)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(channel, out var known)) return known;
            context.Metrics.BackplaneChannelOpened();
            return _channels[channel] = SubscribeNow(channel);
        }
    }

    public void Unsubscribe(BackplaneChannel channel)
    {
        lock (_gate)
        {
            if (!_channels.Remove(channel)) return;
            context.Metrics.BackplaneChannelClosed();
            try
            {
                _session?.Unsubscribe(context.Channels.NameOf(channel));
            }
            catch (Exception e) when (e is RedisException or ObjectDisposedException or TimeoutException)
            {
                // NOTE: the session is ending, and its subscriptions with it.
            }
        }
    }

    public void Publish(BackplaneChannel channel, ReadOnlySpan<byte> message)
    {
        if (_session is { } session) session.Publish(context.Channels.NameOf(channel), context.Frame(message));
        else context.Metrics.BackplanePublishFailed();
    }

    /// <summary>Connects, and again whenever the connection is lost.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            RedisSession? session = null;
            try
            {
                session = await OpenAsync(stopping);
                if (await UseAsync(session, stopping)) backoff = TimeSpan.Zero;
            }
            catch (Exception e) when (e is RedisException or ObjectDisposedException or TimeoutException or InvalidOperationException or IOException)
            {
                SetUp(false, e.Message);
            }
            catch (OperationCanceledException)
            {
                // stopping
            }
            _session = null;
            if (session is not null) await session.CloseAsync().WaitAsync(LostSession, context.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested) return;
            SetUp(false, "the connection was lost");
            await Task.Delay(backoff * (0.5 + Random.Shared.NextDouble() / 2), context.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            backoff = backoff == TimeSpan.Zero ? FirstBackoff : TimeSpan.FromTicks(Math.Min(backoff.Ticks * 2, LongestBackoff.Ticks));
        }
    }

    private async Task<RedisSession> OpenAsync(CancellationToken stopping)
    {
        var opening = RedisSession.OpenAsync(context, endpoint);
        try
        {
            return await opening.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            // It cannot be called off, so it is closed when it is open.
            _ = opening.ContinueWith(opened => opened.IsCompletedSuccessfully ? opened.Result.CloseAsync() : Task.FromException(opened.Exception!), TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Subscribes to everything that is wanted; from now on callers use the session.</summary>
    /// <returns>Ends when all of it is in effect, or the session has ended.</returns>
    private Task Start(RedisSession session)
    {
        lock (_gate)
        {
            _session = session;
            foreach (var channel in _channels.Keys.ToArray()) _channels[channel] = SubscribeNow(channel);
            return Task.WhenAll(_channels.Values);
        }
    }

    /// <summary>Probes until the session is lost.</summary>
    /// <returns>Whether it ever answered.</returns>
    private async Task<bool> UseAsync(RedisSession session, CancellationToken stopping)
    {
        using var beat = new PeriodicTimer(context.Probe, context.Time);
        // A probe that is sent before it is listened for would not come back.
        await Task.WhenAny(session.ListenAsync(), Task.Delay(LostSession, context.Time, stopping));
        session.Probe();
        var ready = Task.WhenAll(Start(session), session.Answers);
        await Task.WhenAny(ready, session.Ended, Task.Delay(context.Probe, context.Time, stopping));
        for (var beats = 1; !session.Ended.IsCompleted; beats++)
        {
            if (session.Silence > LostSession && session.Silence > context.Probe * ProbesOfALostSession) break;
            if (session.Silence > context.Probe * ProbesOfAnOutage) SetUp(false, "no probe came back");
            else if (ready.IsCompleted) SetUp(true, "");
            if (beats % BeatsPerCount == 0 && Lacks(session)) break;
            await Task.WhenAny(beat.WaitForNextTickAsync(stopping).AsTask(), session.Ended);
            stopping.ThrowIfCancellationRequested();
            session.Probe();
        }
        return session.Answers.IsCompleted;
    }

    /// <summary>Whether the server knows of fewer channels (or more) than are wanted. The library may lose one without saying so.</summary>
    private bool Lacks(RedisSession session)
    {
        lock (_gate)
        {
            if (session.Subscriptions is not { } confirmed || confirmed == _channels.Count + 1) return false; // one is for probes
            Log.LacksChannels(context.Logger, index, _channels.Count + 1, confirmed);
            return true;
        }
    }

    private Task SubscribeNow(BackplaneChannel channel)
    {
        try
        {
            return _session?.Subscribe(context.Channels.NameOf(channel)) ?? Task.CompletedTask;
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException or TimeoutException)
        {
            return Task.CompletedTask; // the session is ending; the next one subscribes
        }
    }

    private void SetUp(bool up, string reason)
    {
        context.Metrics.BackplaneNode(index, up);
        var was = _up;
        _up = up;
        if (up && !was)
        {
            Log.Up(context.Logger, index, endpoint);
            _toldDown = false;
            context.Inbox.Recover();
        }
        else if (!up && !_toldDown)
        {
            Log.Down(context.Logger, index, endpoint, reason);
            _toldDown = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3110, LogLevel.Information, "Redis node {Index} at {Endpoint} carries messages between instances")]
        public static partial void Up(ILogger logger, int index, RedisEndpoint endpoint);

        [LoggerMessage(3111, LogLevel.Warning, "Redis node {Index} at {Endpoint} does not answer: what other instances store shows late, with the next comparison with the database. {Reason}")]
        public static partial void Down(ILogger logger, int index, RedisEndpoint endpoint, string reason);

        [LoggerMessage(3112, LogLevel.Warning, "Redis node {Index} has {Confirmed} subscriptions of this instance and should have {Wanted}: connecting anew")]
        public static partial void LacksChannels(ILogger logger, int index, int wanted, long confirmed);
    }
}
