namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>The messages of a load, spread over its time. All senders take from it; what was missed is taken at
/// once.</summary>
internal sealed class SendQuota(int messages, double perSecond, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private int _taken;

    public int Messages => messages;

    /// <summary>The next message's number, when it is due; null when there are no more.</summary>
    public async ValueTask<int?> NextAsync(CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _taken) - 1;
        if (number >= messages) return null;
        var due = DueIn(number);
        if (due > TimeSpan.Zero) await Task.Delay(due, time, ct);
        return number;
    }

    /// <summary>One more, if one is due already.</summary>
    public bool TryNext(out int number)
    {
        while (true)
        {
            number = Volatile.Read(ref _taken);
            if (number >= messages || DueIn(number) > TimeSpan.Zero) return false;
            if (Interlocked.CompareExchange(ref _taken, number + 1, number) == number) return true;
        }
    }

    private TimeSpan DueIn(int number) =>
        perSecond > 0 ? TimeSpan.FromSeconds(number / perSecond) - time.GetElapsedTime(_started) : TimeSpan.Zero;
}
