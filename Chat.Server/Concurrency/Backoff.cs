namespace Chat.Server.Concurrency;

/// <summary>How long to wait before something is tried again: the bound doubles with every failure up to the longest
/// wait, and the wait is a random part of the bound. So those that failed together do not come back
/// together.</summary>
/// <param name="First">The bound of the first wait.</param>
/// <param name="Longest">The bound of every wait.</param>
/// <param name="Least">The smallest part of the bound that is waited, 0 to 1. Default 0.5.</param>
internal readonly record struct Backoff(TimeSpan First, TimeSpan Longest, double Least = 0.5)
{
    private const int MaxDoublings = 40; // enough for any delay, and no overflow

    /// <summary>A wait after so many failures, from 0.</summary>
    public TimeSpan Next(int failures, Random? random = null)
    {
        var bound = Math.Min(First.TotalMilliseconds * (1L << Math.Clamp(failures, 0, MaxDoublings)),
            Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(bound * (Least + (1 - Least) * (random ?? Random.Shared).NextDouble()));
    }

    /// <summary>Waits so long.</summary>
    public Task WaitAsync(int failures, TimeProvider time, CancellationToken ct) =>
        Task.Delay(Next(failures), time, ct);
}
