namespace Chat.ClientSdk.Views;

/// <summary>Raises a view's events, one round at a time: each reports the difference between the last reported state
/// and the current one. So a slow screen gets fewer rounds, not growing delays, and no queue grows.</summary>
internal sealed class ViewDispatcher(
    ViewContext context, Func<ViewState> current, Action<ViewState, ViewState> raise, ViewState shown)
{
    private readonly Lock _gate = new();
    private ViewState _shown = shown;
    private bool _changed;
    private bool _running;
    private bool _started;
    private bool _stopped;

    /// <summary>The state that the events have reported so far.</summary>
    public ViewState Shown => Volatile.Read(ref _shown);

    /// <param name="aside">See <see cref="ViewContext.Post"/>.</param>
    public void Signal(bool aside)
    {
        lock (_gate)
        {
            _changed = true;
            if (_running || !_started || _stopped) return;
            _running = true;
        }
        context.Post(RunRound, aside);
    }

    /// <summary>The current state counts as reported; later changes raise events.</summary>
    public void Start()
    {
        lock (_gate)
        {
            Volatile.Write(ref _shown, current());
            _started = true;
        }
    }

    /// <summary>No further round begins.</summary>
    public void Stop()
    {
        lock (_gate) _stopped = true;
    }

    private void RunRound()
    {
        lock (_gate)
        {
            if (_stopped) return;
            _changed = false;
        }
        var (previous, state) = (_shown, current());
        Volatile.Write(ref _shown, state);
        if (!ReferenceEquals(previous, state)) raise(previous, state);
        lock (_gate)
        {
            _running = _changed;
            if (!_running) return;
        }
        context.Post(RunRound, aside: false); // after the screen's other work
    }
}
