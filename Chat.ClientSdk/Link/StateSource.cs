using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>The state of a link, and those who watch it.</summary>
internal sealed partial class StateSource(ILogger logger) : IObservable<ConnectionStateChange>
{
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

    public void Complete() => Tell(null);

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
        foreach (var watch in watches) watch.Deliver();
    }

    /// <summary>One observer and what it has not been told yet. No lock is held while it is told.</summary>
    private sealed class Watch(StateSource source, IObserver<ConnectionStateChange> observer) : IDisposable
    {
        private readonly Queue<ConnectionStateChange?> _waiting = new();
        private bool _delivering;
        private volatile bool _disposed;

        public void Enqueue(ConnectionStateChange? change)
        {
            lock (_waiting) _waiting.Enqueue(change);
        }

        public void Deliver()
        {
            lock (_waiting)
            {
                if (_delivering) return; // whoever does it now finds the rest
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
            catch (Exception ex) // the application's code: its fault must not end the connection
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
