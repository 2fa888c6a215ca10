namespace Chat.Server.Concurrency;

/// <summary>Work that runs once at a time, and once more if requested meanwhile: requests before a run begins count as
/// one.</summary>
/// <remarks>A mutable struct, used as a field: hot paths have one per shard. A caller that gets true from
/// <see cref="TryStart"/> runs: <c>do { Begin(); work; } while (!TryEnd());</c></remarks>
internal struct RunAgain
{
    private const int Idle = 0, Running = 1, RunningAndAskedAgain = 2;

    private int _state;

    /// <summary>Requests a run; true when the caller must start it.</summary>
    public bool TryStart()
    {
        while (true)
        {
            if (Interlocked.CompareExchange(ref _state, Running, Idle) == Idle) return true;
            if (Interlocked.CompareExchange(ref _state, RunningAndAskedAgain, Running) != Idle) return false;
        }
    }

    /// <summary>This run covers all requests until now.</summary>
    public void Begin() => Interlocked.Exchange(ref _state, Running);

    /// <summary>False when it was requested since <see cref="Begin"/>: it must run again.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _state, Idle, Running) == Running;
}
