namespace Chat.Server.Persistence.Postgres;

/// <summary>Runs work again that met somebody else's: it waited too long for a lock, or was chosen over another as the
/// one that gives way. Nothing of it was stored, and a moment later it works.</summary>
internal static class PostgresConflicts
{
    /// <summary>With a wait of 1 s each that is longer than a silent process is let hold its locks.</summary>
    private const int MostAttempts = 5;

    /// <param name="work">All of it, with a session of its own: what an attempt did besides is done again.</param>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (attempt < MostAttempts
                && DatabaseFailures.ToStoreException(e) is { Failure: StoreFailure.Locked })
            {
                // NOTE: nothing of it was stored.
            }
        }
    }
}
