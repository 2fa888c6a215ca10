using System.Buffers.Binary;
using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The connection to one node, from when it is made to its first failure. It is never mended: the node makes a new one.</summary>
/// <remarks>StackExchange.Redis runs continuations and handlers on its one completion worker: whatever blocks there stops all of it, and after five seconds it drops every subscription.
/// So nothing here does, and tasks that others await end on other threads.</remarks>
internal sealed class RedisSession
{
    private const int ConnectMilliseconds = 3_000;

    private readonly RedisContext _context;
    private readonly ConnectionMultiplexer _redis;
    private readonly ISubscriber _subscriber;
    private readonly Action<RedisChannel, RedisValue> _receive;
    private readonly PublishWindow _window;
    private readonly ConcurrentDictionary<TaskCompletionSource, byte> _pending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _answeredAt;

    private RedisSession(RedisContext context, ConnectionMultiplexer redis)
    {
        _context = context;
        _redis = redis;
        _subscriber = redis.GetSubscriber();
        _window = new PublishWindow(context.Options.QueueCapacity);
        _receive = Receive;
        _answeredAt = context.Time.GetTimestamp();
        redis.ConnectionFailed += (_, _) => End();
    }

    /// <summary>Ends with the first sign of a broken connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends when the first probe came back.</summary>
    public Task Answers => _answers.Task;

    /// <summary>How long no probe came back.</summary>
    public TimeSpan Silence => _context.Time.GetElapsedTime(Volatile.Read(ref _answeredAt));

    /// <summary>How many channels the server said that this connection has subscribed to, when it answered the last change; null while answers are due.</summary>
    public long? Subscriptions => _pending.IsEmpty ? _redis.GetCounters().Subscription.Subscriptions : null;

    /// <summary>Connects, on a thread of its own because that blocks.</summary>
    /// <exception cref="RedisConnectionException">It did not work.</exception>
    public static Task<RedisSession> OpenAsync(RedisContext context, RedisEndpoint endpoint)
    {
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = ConnectMilliseconds,
            ClientName = $"chat-{context.Instance:N}",
            Password = endpoint.Password,
            Ssl = endpoint.Tls,
            SslHost = endpoint.Tls ? endpoint.Host : null,
            ConfigurationChannel = "",
            TieBreaker = "",
        };
        options.EndPoints.Add(endpoint.Host, endpoint.Port);
        return Blocking(() => new RedisSession(context, ConnectionMultiplexer.Connect(options)));
    }

    /// <returns>Ends when the server has confirmed it, or the session has ended.</returns>
    public Task Subscribe(RedisChannel name) => Expect(_subscriber.SubscribeAsync(name, _receive));

    public void Unsubscribe(RedisChannel name) => Expect(_subscriber.UnsubscribeAsync(name, _receive));

    /// <summary>Begins to listen to its own probes.</summary>
    public Task ListenAsync() => Expect(_subscriber.SubscribeAsync(_context.Channels.Probe, (_, payload) => Answered(payload)));

    public void Probe()
    {
        var now = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(now, _context.Time.GetTimestamp());
        Send(_context.Channels.Probe, now, CommandFlags.FireAndForget);
    }

    /// <summary>Hands a message over, without waiting.</summary>
    public void Publish(RedisChannel name, byte[] message)
    {
        if (!_window.TryTake(out var answer))
        {
            _context.Metrics.BackplaneDropped(outgoing: true);
            return;
        }
        _context.Metrics.BackplanePublished();
        var sent = Send(name, message, answer == 0 ? CommandFlags.FireAndForget : CommandFlags.None);
        if (answer != 0) sent?.ContinueWith(Confirm, answer, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Closes the connection, at the latest a moment later.</summary>
    public Task CloseAsync()
    {
        End();
        return Blocking(() =>
        {
            _redis.Close(allowCommandsToComplete: false);
            return true;
        });
    }

    private static Task<T> Blocking<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private Task<long>? Send(RedisChannel name, byte[] message, CommandFlags flags)
    {
        try
        {
            return _subscriber.PublishAsync(name, message, flags);
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException or TimeoutException)
        {
            _context.Metrics.BackplanePublishFailed();
            End();
            return null;
        }
    }

    private void Confirm(Task<long> sent, object? answer)
    {
        _window.Answered((long)answer!);
        if (!sent.IsFaulted) return;
        _ = sent.Exception; // seen
        _context.Metrics.BackplanePublishFailed();
    }

    private Task Expect(Task confirmation)
    {
        if (confirmation.IsCompletedSuccessfully) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending.TryAdd(done, 0);
        confirmation.ContinueWith(
            confirmed =>
            {
                if (confirmed.IsFaulted)
                {
                    _ = confirmed.Exception; // seen
                    End();
                }
                Settle(done);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (_ended.Task.IsCompleted) Settle(done);
        return done.Task;
    }

    private void Settle(TaskCompletionSource done)
    {
        _pending.TryRemove(done, out _);
        done.TrySetResult();
    }

    private void Receive(RedisChannel name, RedisValue message)
    {
        if (_context.Channels.Parse((byte[])name) is { } channel && (byte[]?)message is { } framed) _context.Receive(channel, framed);
    }

    private void Answered(RedisValue payload)
    {
        if ((byte[]?)payload is not { Length: sizeof(long) } sentAt) return;
        Volatile.Write(ref _answeredAt, _context.Time.GetTimestamp());
        _context.Metrics.BackplaneProbe(_context.Time.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(sentAt)));
        _answers.TrySetResult();
    }

    private void End()
    {
        _ended.TrySetResult();
        foreach (var done in _pending.Keys) Settle(done);
    }
}
