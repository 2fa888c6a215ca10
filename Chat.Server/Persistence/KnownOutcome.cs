using Chat.Server.Concurrency;

namespace Chat.Server.Persistence;

/// <summary>Makes a change until it is known whether it was made.</summary>
internal static class KnownOutcome
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

    /// <summary>Where the change is in doubt it is made again: once, and then for 5 s at most.</summary>
    /// <param name="change">May be made twice: the second time it finds what the first has stored.</param>
    /// <param name="time">What the bound is measured with.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="StoreException">Nothing was stored; or, with <see cref="StoreFailure.InDoubt"/>, it is still
    /// not known.</exception>
    public static async Task<T> OfAsync<T>(Func<Task<T>> change, TimeProvider time, CancellationToken ct)
    {
        try
        {
            return await change();
        }
        catch (StoreException doubt) when (doubt.Failure == StoreFailure.InDoubt)
        {
            var began = time.GetTimestamp();
            // Once in any case: a process that stood still for as long may know by now.
            for (var failures = 0; failures == 0 || time.GetElapsedTime(began) < Bound; failures++)
            {
                await Retries.WaitAsync(failures, time, ct);
                try
                {
                    return await change();
                }
                catch (StoreException e) when (e.Failure != StoreFailure.Rejected)
                {
                    // NOTE: still not known
                }
            }
            throw;
        }
    }
}
