using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>The state of a link, and its observers.</summary>
internal sealed partial class StateSource(ILogger logger) : IObservable<ConnectionStateChange>
{
    private const int MostWaiting = 1_024;
    private static readonly TimeSpan CompletionBound = TimeSpan.FromSeconds(1); // by the system's clock

    private readonly Lock _gate = new();
    private readonly List<Watch> _watches = [];
    private ConnectionStateChange _current = new(ConnectionState.Stopped, null, null);
    private bool _completed;

    public ConnectionStateChange Current
    {
        get { lock (_gate) return _current; }
    }

    public IDisposable Subscribe(IObserver<ConnectionStateChange> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var watch = new Watch(this, observer);
        lock (_gate)
        {
            _watches.Add(watch);
            watch.Enqueue(_current);
            if (_completed) watch.Enqueue(null);
        }
        watch.Deliver();
        return watch;
    }

    public void Publish(ConnectionStateChange change) => Tell(change);

    /// <summary>There is no further state. Waits until all observers have it, but not for long: an observer may
    /// hang.</summary>
    public async Task CompleteAsync()
    {
        Tell(null);
        Task[] told;
        lock (_gate) told = [.. _watches.Select(watch => watch.Completed)];
        await Task.WhenAll(told).WaitAsync(CompletionBound, TimeProvider.System)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Tell(ConnectionStateChange? change)
    {
        Watch[] watches;
        lock (_gate)
        {
            if (_completed) return;
            if (change is null) _completed = true;
            else _current = change;
            watches = [.. _watches];
            foreach (var watch in watches) watch.Enqueue(change);
        }
        foreach (var watch in watches)
            ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.Deliver(), watch, preferLocal: false);
    }

    /// <summary>One observer and the states that it has not been given. It is called on a pool thread, where nothing
    /// waits for it: it may hang.</summary>
    private sealed class Watch(StateSource source, IObserver<ConnectionStateChange> observer) : IDisposable
    {
        private readonly Queue<ConnectionStateChange?> _waiting = new();
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _delivering;
        private volatile bool _disposed;

        /// <summary>Completes once the observer has the last state.</summary>
        public Task Completed => _completed.Task;

        public void Enqueue(ConnectionStateChange? change)
        {
            lock (_waiting)
            {
                if (_waiting.Count == MostWaiting) _waiting.Dequeue();
                _waiting.Enqueue(change);
            }
        }

        public void Deliver()
        {
            lock (_waiting)
            {
                if (_delivering) return; // the next call takes the rest
                _delivering = true;
            }
            while (true)
            {
                ConnectionStateChange? change;
                lock (_waiting)
                {
                    if (!_waiting.TryDequeue(out change))
                    {
                        _delivering = false;
                        return;
                    }
                }
                if (!_disposed) Tell(change);
                if (change is null) _completed.TrySetResult();
            }
        }

        public void Dispose()
        {
            _disposed = true;
            lock (source._gate) source._watches.Remove(this);
        }

        private void Tell(ConnectionStateChange? change)
        {
            try
            {
                if (change is null) observer.OnCompleted();
                else observer.OnNext(change);
            }
            catch (Exception ex) // application code: its fault must not end the connection
            {
                source.LogObserverFailed(ex);
            }
        }
    }

    private void LogObserverFailed(Exception exception) => Log.ObserverFailed(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(7021, LogLevel.Error, "An observer of the connection's state failed")]
        public static partial void ObserverFailed(ILogger logger, Exception exception);
    }
}
