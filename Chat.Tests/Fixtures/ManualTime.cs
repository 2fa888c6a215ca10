namespace Chat.Tests.Fixtures;

/// <summary>A clock that moves only when a test moves it. Timers that fall due run on the thread pool.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether somebody waits for a moment that is at most so far away.</summary>
    public bool HasTimerWithin(TimeSpan from)
    {
        lock (_gate) return _timers.Exists(timer => timer.DueAt <= _ticks + from.Ticks);
    }

    /// <summary>Whether somebody waits for about this moment.</summary>
    public bool HasTimerAbout(DateTimeOffset moment)
    {
        lock (_gate)
            return _timers.Exists(timer => Math.Abs(timer.DueAt - moment.UtcTicks) < TimeSpan.TicksPerSecond);
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _ticks += by.Ticks;
            due = _timers.FindAll(timer => timer.DueAt <= _ticks);
            foreach (var timer in due)
                if (!timer.Rearm(_ticks)) _timers.Remove(timer);
        }
        foreach (var timer in due) ThreadPool.QueueUserWorkItem(static t => t.Fire(), timer, preferLocal: false);
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long DueAt { get; private set; }

        public void Fire() => callback(state);

        /// <summary>Sets the next time of a repeating timer; false for one that fires once.</summary>
        public bool Rearm(long now)
        {
            DueAt = now + _period.Ticks;
            return _period > TimeSpan.Zero;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime < TimeSpan.Zero) return true;
                DueAt = clock._ticks + dueTime.Ticks;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
