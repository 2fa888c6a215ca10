namespace Chat.ClientSdk.Connection;

/// <summary>The delay before a retry: the bound doubles with every failure up to the longest delay, and the delay is a
/// random part of the bound. So clients that failed together do not return together.</summary>
/// <param name="First">The bound of the first wait.</param>
/// <param name="Longest">The bound of every wait.</param>
/// <param name="Least">The smallest part of the bound, 0 to 1. Default 0 ("full jitter", M. Brooker, <i>Exponential
/// Backoff and Jitter</i>, 2015).</param>
internal readonly record struct Backoff(TimeSpan First, TimeSpan Longest, double Least = 0)
{
    private const int MaxDoublings = 30; // enough for any delay, and no overflow

    public static Backoff For(ReconnectOptions options) => new(options.FirstDelay, options.MaxDelay);

    /// <summary>The longest delay after this number of failures, from 0.</summary>
    public TimeSpan Bound(long failures) =>
        TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * (1L << (int)Math.Min(failures, MaxDoublings)),
            Longest.TotalSeconds));

    /// <summary>A delay after this number of failures, from 0.</summary>
    public TimeSpan Next(long failures, Random? random = null) =>
        Bound(failures) * (Least + (1 - Least) * (random ?? Random.Shared).NextDouble());
}
