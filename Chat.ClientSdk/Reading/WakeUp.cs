using System.Threading.Tasks.Sources;

namespace Chat.ClientSdk.Reading;

/// <summary>Wakes one reader: any number of calls before it sleeps again count as one. A sleep allocates
/// nothing.</summary>
internal sealed class WakeUp : IValueTaskSource
{
    private const int Idle = 0, Called = 1, Asleep = 2;

    // The reader must not run on the thread that wakes it, which is the receiving path.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _state;

    public void Call()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Called) return;
            if (Interlocked.CompareExchange(ref _state, state == Asleep ? Idle : Called, state) != state) continue;
            if (state == Asleep) _core.SetResult(true);
            return;
        }
    }

    /// <summary>Completes at the next call, or at once when there was one since the last sleep. One sleeper at a
    /// time.</summary>
    public ValueTask SleepAsync()
    {
        if (Volatile.Read(ref _state) != Called)
        {
            _core.Reset();
            if (Interlocked.CompareExchange(ref _state, Asleep, Idle) == Idle)
                return new ValueTask(this, _core.Version);
        }
        Volatile.Write(ref _state, Idle);
        return default;
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
