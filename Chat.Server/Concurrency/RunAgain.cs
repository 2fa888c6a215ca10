namespace Chat.Server.Concurrency;

/// <summary>Work that runs once at a time, and once more when it was asked for meanwhile: requests before a run begins
/// are one.</summary>
/// <remarks>A mutable struct, to be a field of its owner: hot paths have one per shard. Who gets true from
/// <see cref="TryStart"/> runs: <c>do { Begin(); work; } while (!TryEnd());</c></remarks>
internal struct RunAgain
{
    private const int Idle = 0, Running = 1, RunningAndAskedAgain = 2;

    private int _state;

    /// <summary>Asks for a run; true when the caller has to start it.</summary>
    public bool TryStart()
    {
        while (true)
        {
            if (Interlocked.CompareExchange(ref _state, Running, Idle) == Idle) return true;
            if (Interlocked.CompareExchange(ref _state, RunningAndAskedAgain, Running) != Idle) return false;
        }
    }

    /// <summary>What was asked for until now is this run.</summary>
    public void Begin() => Interlocked.Exchange(ref _state, Running);

    /// <summary>False when it was asked for since <see cref="Begin"/>: it has to run again.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _state, Idle, Running) == Running;
}
