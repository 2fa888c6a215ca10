namespace Chat.Server.Core.MessageLog;

/// <summary>Chooses how many lanes commit, by how long appends take with so many: under load it tries half or twice the
/// number in turns with the present one, and takes it when that is better.</summary>
/// <remarks>A commit costs much, a row little. So few lanes, whose batches are larger, cost the database and this
/// process less; with many senders or processors, commits at the same time may still be faster. Where the time is about
/// the same, fewer lanes win. What was found is tried again after a second, and after pauses that double up to a
/// minute, or when the load has halved or doubled.</remarks>
internal sealed class LaneChoice(int most, TimeProvider time)
{
    /// <summary>Appends per second below which nothing is tried: it would make no difference.</summary>
    private const int LeastRate = 500;

    /// <summary>Appends in a window below which it says nothing.</summary>
    private const int LeastAppends = 50;

    private const double GoodEnoughWithFewer = 1.05, BetterWithMore = 0.9;

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(50), Window = TimeSpan.FromMilliseconds(200),
        FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    // Which of the two is measured: in turns, and neither is always the later one.
    private static readonly bool[] IsOther = [false, true, true, false, false, true];

    private readonly Lock _gate = new();
    private int _chosen = 1;
    private int _other; // while it is tried; else 0
    private bool _wasUp;
    private int _turn;
    private long _since = time.GetTimestamp(); // the window's beginning
    private Sample _window, _withChosen, _withOther;
    private TimeSpan _pause = FirstPause;
    private long _pausedSince;
    private double _rate; // at the last decision

    private int Current => _other != 0 && IsOther[_turn] ? _other : _chosen;

    /// <summary>A batch was committed.</summary>
    /// <param name="appends">Its size.</param>
    /// <param name="waited">How long its appends took, from their coming to their commit, added up.</param>
    /// <returns>How many lanes there should be from now on.</returns>
    public int After(int appends, TimeSpan waited)
    {
        if (most == 1) return 1;
        lock (_gate)
        {
            var passed = time.GetElapsedTime(_since);
            if (_other == 0) Watch(appends, passed);
            else if (passed >= Settling) Measure(new Sample(appends, waited), passed);
            return Current;
        }
    }

    private void Watch(int appends, TimeSpan passed)
    {
        _window += new Sample(appends, TimeSpan.Zero);
        if (passed < FirstPause) return;
        var rate = _window.Appends / passed.TotalSeconds;
        Begin();
        if (rate < LeastRate) return;
        var isOtherLoad = rate < _rate / 2 || rate > _rate * 2;
        if (isOtherLoad) _pause = FirstPause;
        else if (time.GetElapsedTime(_pausedSince) < _pause) return;
        (_rate, _withChosen, _withOther, _turn, _other) = (rate, default, default, 0, Neighbour());
    }

    private void Measure(Sample batch, TimeSpan passed)
    {
        _window += batch;
        if (passed < Settling + Window) return;
        if (_window.Appends < LeastAppends)
        {
            Decide(isOtherBetter: false);
            return;
        }
        if (IsOther[_turn]) _withOther += _window;
        else _withChosen += _window;
        if (_turn < IsOther.Length - 1)
        {
            _turn++;
            Begin();
            return;
        }
        Decide(_withOther.Mean < _withChosen.Mean * (_other < _chosen ? GoodEnoughWithFewer : BetterWithMore));
    }

    private void Decide(bool isOtherBetter)
    {
        if (isOtherBetter) _chosen = _other;
        _pause = isOtherBetter ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        (_other, _turn, _pausedSince) = (0, 0, time.GetTimestamp());
        Begin();
    }

    private void Begin() => (_since, _window) = (time.GetTimestamp(), default);

    /// <summary>Twice and half in turns, where there are both.</summary>
    private int Neighbour()
    {
        _wasUp = _chosen == 1 || (_chosen < most && !_wasUp);
        return _wasUp ? Math.Min(_chosen * 2, most) : (_chosen + 1) / 2;
    }

    private readonly record struct Sample(long Appends, TimeSpan Waited)
    {
        public double Mean => Waited.TotalSeconds / Appends;

        public static Sample operator +(Sample a, Sample b) => new(a.Appends + b.Appends, a.Waited + b.Waited);
    }
}
