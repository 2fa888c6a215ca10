using Chat.Server.Concurrency;

namespace Chat.Server.Persistence;

/// <summary>A loop that outlives a database that is away.</summary>
internal static class EverAgain
{
    /// <summary>Runs the work again and again until it is cancelled, which it does not throw. A
    /// <see cref="StoreException"/> makes it rest, and is not logged: those who need the database do that.</summary>
    /// <param name="work">One round.</param>
    /// <param name="pauses">How long it rests after so many failures in a row.</param>
    /// <param name="time">What is waited with.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task> work, Backoff pauses, TimeProvider time, CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await work(ct);
                failures = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException)
            {
                await pauses.WaitAsync(failures++, time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
