namespace Chat.ClientSdk.Connection;

/// <summary>Asks the application for a token, on a thread of the pool: it may throw and hang.</summary>
internal static class AccessToken
{
    /// <returns>Null or empty: none is sent.</returns>
    /// <exception cref="OperationCanceledException">By the token, whatever the application does.</exception>
    public static async Task<string?> GetAsync(
        Func<CancellationToken, ValueTask<string?>>? provider, CancellationToken ct)
    {
        if (provider is null) return null;
        var asked = Task.Run(() => provider(ct).AsTask(), CancellationToken.None);
        try
        {
            return await asked.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            LateToken(asked);
            throw;
        }
    }

    /// <summary>Nobody waits for it any more: its failure is nobody's.</summary>
    private static void LateToken(Task asked) => _ = asked.ContinueWith(static late => late.Exception,
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
