using Chat.Server.Memory;

namespace Chat.Server.FanOut.Signals;

/// <summary>Brings one feed's signals to its readers: a pass on the thread pool, a few readers a turn. What comes
/// during a pass is the next pass's.</summary>
internal sealed class FeedSignals(Feed feed, MemoryPart memory) : IThreadPoolWorkItem
{
    private const int Capacity = 1_024;

    /// <summary>Less than a reader keeps, so that one which takes what it is given misses none.</summary>
    private const int SignalsPerPass = 128;

    /// <summary>After so many the web server gets its turn to send (see <see cref="FeedPump"/>).</summary>
    private const int ReadersPerTurn = 64;

    private readonly Lock _gate = new();
    private readonly PendingSignals _waiting = new(Capacity, memory);
    private bool _running;

    // The pass that is under way. There is one at a time.
    private PendingSignal[] _pass = [];
    private readonly List<FeedListener> _listeners = [];
    private int _next;

    /// <summary>Shows the signal soon. Never waits.</summary>
    public void Add(EncodedSignal signal)
    {
        lock (_gate)
        {
            _waiting.Add(new PendingSignal(signal, null));
            if (_running) return;
            _running = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_next == _listeners.Count && !TryBeginPass()) return;
        for (var end = Math.Min(_next + ReadersPerTurn, _listeners.Count); _next < end; _next++)
            if (_listeners[_next] is Subscription subscription) subscription.Writer.Post(subscription, _pass);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryBeginPass()
    {
        _listeners.Clear();
        _next = 0;
        lock (_gate)
        {
            _pass = _waiting.Take(SignalsPerPass);
            _running = _pass.Length > 0;
            if (!_running) return false;
        }
        feed.CopyTo(_listeners);
        return true;
    }
}
