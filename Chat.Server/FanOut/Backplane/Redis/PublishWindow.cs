namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Bounds what is handed to the client library and not yet answered, because its queue has no bound. Asks for one answer in <see cref="Stride"/>: answers come in order.</summary>
internal sealed class PublishWindow(int capacity)
{
    private const int Stride = 64;

    private long _taken;
    private long _answered;

    /// <summary>Takes a place. False when none is free.</summary>
    /// <param name="answer">Not zero: this message's answer is wanted, see <see cref="Answered"/>.</param>
    public bool TryTake(out long answer)
    {
        answer = 0;
        if (Volatile.Read(ref _taken) - Volatile.Read(ref _answered) >= capacity) return false;
        var number = Interlocked.Increment(ref _taken);
        if (number % Stride == 0) answer = number;
        return true;
    }

    /// <summary>Frees the places of this message and of all before it.</summary>
    public void Answered(long answer)
    {
        for (var seen = Volatile.Read(ref _answered); answer > seen;)
        {
            var before = Interlocked.CompareExchange(ref _answered, answer, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
