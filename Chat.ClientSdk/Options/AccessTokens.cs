namespace Chat.ClientSdk;

/// <summary>The token of one client, over all its connections: the application is asked once per token, on a thread of
/// the pool, because it may throw and hang. One that has ended is not used again.</summary>
internal sealed class AccessTokens(
    Func<AccessTokenReason, CancellationToken, ValueTask<string?>> provider, TimeProvider time, Random? random = null)
{
    // Of what the server says that the token has left: the next one is asked for at a random moment between the two, so
    // that those who connected together do not ask together.
    private const double Soonest = 0.7, Latest = 0.9;

    private readonly Random _random = random ?? Random.Shared;
    private readonly Lock _gate = new(); // guards what follows
    private Task<string?>? _asked;
    private Task<string?>? _next;
    private AccessTokenReason _reason = AccessTokenReason.Start;
    private DateTimeOffset _endsAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _renewsAt = DateTimeOffset.MaxValue;
    private bool _hasNoNext; // the provider gave the same once more: there is no other while this one holds

    /// <summary>The token that there is; null: none.</summary>
    public string? Current
    {
        get { lock (_gate) return Current_NeedsLock; }
    }

    /// <summary>Until the next one is to be asked for; null: not before this one has ended.</summary>
    public TimeSpan? RenewsIn
    {
        get { lock (_gate) return _renewsAt == DateTimeOffset.MaxValue ? null : _renewsAt - time.GetUtcNow(); }
    }

    private string? Current_NeedsLock =>
        _asked is { IsCompletedSuccessfully: true, Result: { Length: > 0 } token } ? token : null;

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
        throw SignedOut();
    }

    /// <summary>The server has taken this token.</summary>
    /// <param name="token">Which.</param>
    /// <param name="seconds">How long it still lasts; null: the server does not say.</param>
    public void Taken(string token, long? seconds)
    {
        lock (_gate)
        {
            if (seconds is not { } left || token != Current_NeedsLock) return;
            var (now, lasts) = (time.GetUtcNow(), TimeSpan.FromSeconds(left));
            _endsAt = now + lasts;
            // Once per token, whatever connects with it.
            if (_renewsAt == DateTimeOffset.MaxValue && !_hasNoNext)
                _renewsAt = now + lasts * (Soonest + (Latest - Soonest) * _random.NextDouble());
        }
    }

    /// <summary>Asks for the next token while this one still holds.</summary>
    /// <param name="bound">How long the application is waited for.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether there is another.</returns>
    /// <exception cref="ChatSignedOutException">There is no next one.</exception>
    /// <exception cref="TimeoutException">The application hangs.</exception>
    public async Task<bool> RenewAsync(TimeSpan bound, CancellationToken ct)
    {
        var before = await GetAsync(ct).ConfigureAwait(false);
        Task<string?> asked;
        lock (_gate) asked = _next ??= Task.Run(() => AskForNextAsync(bound), CancellationToken.None);
        try
        {
            var token = await asked.WaitAsync(bound, time, ct).ConfigureAwait(false);
            return string.IsNullOrEmpty(token) ? throw SignedOut() : Use(asked, token, before);
        }
        finally
        {
            Late(asked);
            lock (_gate)
                if (_next == asked) _next = null;
        }
    }

    /// <summary>The server does not take this one any more: the next is asked for.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="token">Which; null: whichever there is.</param>
    public void Drop(AccessTokenReason reason, string? token = null)
    {
        lock (_gate)
        {
            // A request that was long under way may be refused with the token before.
            if (token is null || Current_NeedsLock is not { } current || current == token) Drop_NeedsLock(reason);
        }
    }

    private Task<string?> Ask(CancellationToken ct)
    {
        lock (_gate)
        {
            if (time.GetUtcNow() >= _endsAt) Drop_NeedsLock(AccessTokenReason.Expired);
            var reason = _reason;
            return _asked ??= Task.Run(() => provider(reason, ct).AsTask(), CancellationToken.None);
        }
    }

    private async Task<string?> AskForNextAsync(TimeSpan bound)
    {
        using var over = new CancellationTokenSource(bound, time);
        return await provider(AccessTokenReason.Expiring, over.Token).ConfigureAwait(false);
    }

    private bool Use(Task<string?> asked, string token, string before)
    {
        lock (_gate)
        {
            if (Current_NeedsLock != before) return true; // the server has refused it meanwhile
            if (token == before)
            {
                (_hasNoNext, _renewsAt) = (true, DateTimeOffset.MaxValue);
                return false;
            }
            Drop_NeedsLock(_reason);
            _asked = asked;
            return true;
        }
    }

    private void Drop_NeedsLock(AccessTokenReason reason)
    {
        (_asked, _reason, _hasNoNext) = (null, reason, false);
        _endsAt = _renewsAt = DateTimeOffset.MaxValue;
    }

    private void Forget(Task<string?> asked)
    {
        lock (_gate)
            if (_asked == asked) _asked = null;
    }

    private static ChatSignedOutException SignedOut() =>
        new("There is no access token: the user is signed out.");

    /// <summary>Nobody waits for it any more: its failure is nobody's.</summary>
    private static void Late(Task asked) => _ = asked.ContinueWith(static late => late.Exception,
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
