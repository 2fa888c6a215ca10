namespace Chat.ClientSdk;

/// <summary>The token of one client, over all its connections: the application is asked once per token, on a thread of
/// the pool, because it may throw and hang.</summary>
internal sealed class AccessTokens(Func<AccessTokenReason, CancellationToken, ValueTask<string?>> provider)
{
    private readonly Lock _gate = new();
    private Task<string?>? _asked;
    private AccessTokenReason _reason = AccessTokenReason.Start;

    /// <exception cref="ChatSignedOutException">There is none.</exception>
    /// <exception cref="OperationCanceledException">By the token, whatever the application does.</exception>
    public async Task<string> GetAsync(CancellationToken ct)
    {
        var asked = Ask(ct);
        try
        {
            if (await asked.WaitAsync(ct).ConfigureAwait(false) is { Length: > 0 } token) return token;
        }
        catch
        {
            Forget(asked); // it may work the next time
            Late(asked);
            throw;
        }
        Forget(asked);
        throw new ChatSignedOutException("There is no access token: the user is signed out.");
    }

    /// <summary>The server does not take this one any more: the next is asked for.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="token">Which; null: whichever there is.</param>
    public void Drop(AccessTokenReason reason, string? token = null)
    {
        lock (_gate)
        {
            // A request that was long under way may be refused with the token before.
            if (token is not null && _asked is { IsCompletedSuccessfully: true, Result: var current }
                && current != token) return;
            (_asked, _reason) = (null, reason);
        }
    }

    private Task<string?> Ask(CancellationToken ct)
    {
        lock (_gate)
        {
            var reason = _reason;
            return _asked ??= Task.Run(() => provider(reason, ct).AsTask(), CancellationToken.None);
        }
    }

    private void Forget(Task<string?> asked)
    {
        lock (_gate)
            if (_asked == asked) _asked = null;
    }

    /// <summary>Nobody waits for it any more: its failure is nobody's.</summary>
    private static void Late(Task asked) => _ = asked.ContinueWith(static late => late.Exception,
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
