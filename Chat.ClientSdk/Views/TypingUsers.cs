using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>Users who are typing. A user who does not repeat it in time has stopped.</summary>
internal sealed class TypingUsers : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(UserId User, long Until)> _users = [];
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Action _changed;
    private readonly ITimer _timer;

    public TypingUsers(TimeProvider time, TimeSpan timeout, Action changed)
    {
        (_time, _timeout, _changed) = (time, timeout, changed);
        _timer = time.CreateTimer(static self => ((TypingUsers)self!).Expire(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>In the order in which they started.</summary>
    public IReadOnlyList<UserId> Current
    {
        get
        {
            lock (_gate) return _users.Count == 0 ? [] : [.. _users.Select(typing => typing.User)];
        }
    }

    public void Set(UserId user, bool isTyping)
    {
        lock (_gate)
        {
            var at = _users.FindIndex(typing => typing.User == user);
            if (at < 0 && !isTyping) return;
            var until = _time.GetTimestamp() + (long)(_timeout.TotalSeconds * _time.TimestampFrequency);
            if (!isTyping) _users.RemoveAt(at);
            else if (at < 0) _users.Add((user, until));
            else _users[at] = (user, until);
            Schedule();
            if (at >= 0 && isTyping) return;
        }
        _changed();
    }

    public void Clear()
    {
        lock (_gate)
        {
            if (_users.Count == 0) return;
            _users.Clear();
        }
        _changed();
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        bool changed;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            changed = _users.RemoveAll(typing => typing.Until <= now) > 0;
            Schedule();
        }
        if (changed) _changed();
    }

    private void Schedule()
    {
        if (_users.Count == 0) return;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), _users.Min(typing => typing.Until));
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
