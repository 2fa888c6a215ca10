using Chat.ClientSdk.Connection;
using Chat.Contracts.Errors;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>The work of a link from its start to its stop, step by step.</summary>
internal sealed partial class LinkRun(
    ChatLink link, ReconnectAttempts attempts, ChatClientOptions options, ChatClientTelemetry telemetry)
{
    /// <summary>With another token from the provider, before the usual waits begin where a proxy refuses it, and the
    /// user is signed out where the server does.</summary>
    private const int QuickTokenAttempts = 1;

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly ILogger _logger = options.Logs.CreateLogger<ChatLink>();
    private readonly TokenRenewal? _renewal = options.Tokens is { } tokens
        ? new TokenRenewal(tokens, options.Owner!, options, options.Logs.CreateLogger<ChatLink>())
        : null;
    private readonly List<Task> _retiring = [];
    private LiveConnection? _live;
    private Exception? _reason;
    private bool _atOnce = true;
    private int _tokenAttempts;
    private long? _lostAt;

    /// <summary>Ends with null when it is stopped, else with the reason for which it gave up.</summary>
    public async Task<Exception?> RunAsync(CancellationToken stop)
    {
        link.Announce(ConnectionState.Connecting);
        try
        {
            while (await ConnectAsync(stop).ConfigureAwait(false)
                && await WaitForChangeAsync(stop).ConfigureAwait(false)) { }
            if (_live is not null && !HasGivenUp)
            {
                // the old connection is used until the server closes it
                await _live.Connection.Ended.WaitAsync(stop).ConfigureAwait(false);
                await LoseAsync(_live).ConfigureAwait(false);
            }
            return _reason ?? new ChatDisconnectedException("There is no connection.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception ex) // a fault in this code: give up visibly instead of silently
        {
            return ex;
        }
        finally
        {
            link.Drop();
            if (_live is not null) await RetireAsync(_live).ConfigureAwait(false);
            await Task.WhenAll(_retiring).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the user is signed out, or is another one: then an open connection is not used any longer
    /// either.</summary>
    private bool HasGivenUp => _reason is ChatSignedOutException or ChatOtherUserException;

    /// <summary>Makes a connection, in as many attempts as it takes. False: given up.</summary>
    private async Task<bool> ConnectAsync(CancellationToken stop)
    {
        while (attempts.TryNext(_atOnce, out var delay))
        {
            if (RetryTime.Of(_reason) is var said && said > delay) delay = said;
            var attempt = AttemptAsync(delay, stop); // its wait has begun when it is announced
            if (_live is null && _reason is not null)
                link.Announce(_lostAt is null ? ConnectionState.Connecting : ConnectionState.Reconnecting, _reason,
                    delay);
            if (_live is { } old && await Task.WhenAny(attempt, old.Connection.Ended).ConfigureAwait(false) != attempt)
            {
                await LoseAsync(old).ConfigureAwait(false);
                link.Announce(ConnectionState.Reconnecting, _reason);
            }
            var (opened, failure) = await attempt.ConfigureAwait(false);
            if (_live is { Renewal: { IsCompletedSuccessfully: true, Result: { } over } })
            {
                if (opened is not null) Retire(opened, Task.CompletedTask);
                _reason = over;
                return false;
            }
            if (opened is not null)
            {
                await AdoptAsync(opened).ConfigureAwait(false);
                return true;
            }
            if (failure is ChatSignedOutException { InnerException: null } && _reason is not null)
                failure = new ChatSignedOutException(failure.Message, _reason); // why there is no other token
            _reason = failure!;
            if (IsOver(_reason)) return false;
            _atOnce = options.AccessTokenProvider is not null && Refusal.WantsToken(_reason)
                && ++_tokenAttempts <= QuickTokenAttempts;
        }
        return false;
    }

    /// <summary>Whether no attempt is of use after this one.</summary>
    private bool IsOver(Exception failure)
    {
        var signedOut = Refusal.SignedOut(failure);
        if (options.AccessTokenProvider is not null && Refusal.IsOfToken(failure)
            && _tokenAttempts >= QuickTokenAttempts)
            signedOut = new ChatSignedOutException("The server takes no token that there is.", failure);
        if (signedOut is not null) _reason = signedOut;
        if (ServerWord.Of(failure) == ChatErrorCodes.IdentityMismatch) _reason = OtherUser(failure);
        return signedOut is not null || failure is ChatOtherUserException
            || Refusal.IsFinal(failure, tokenMayChange: options.AccessTokenProvider is not null);
    }

    /// <summary>Completes when the connection is lost, or the server asks to reconnect. False: no further
    /// connection.</summary>
    private async Task<bool> WaitForChangeAsync(CancellationToken stop)
    {
        var live = _live!;
        var renewed = RenewedAsync(live);
        await Task.WhenAny(live.Connection.Ended, live.DrainRequested, renewed).WaitAsync(stop).ConfigureAwait(false);
        if (renewed is { IsCompletedSuccessfully: true, Result: { } over })
        {
            _reason = over;
            return false;
        }
        var lasted = attempts.Lasted(_time.GetElapsedTime(live.OpenedAt));
        if (!live.Connection.Ended.IsCompleted)
        {
            Log.Draining(_logger);
            _atOnce = lasted;
            return true;
        }
        await LoseAsync(live).ConfigureAwait(false);
        var said = ServerWord.Of(_reason);
        if (said == ChatErrorCodes.IdentityMismatch) _reason = OtherUser(_reason);
        // What has ended for want of a token needs another one, and not time; one that was not taken is the first.
        _atOnce = lasted && options.Reconnect is not null && ServerWord.IsOfToken(said);
        if (ServerWord.IsOfToken(said) && said != ChatErrorCodes.TokenExpired) _tokenAttempts = 1;
        return !Refusal.IsFinal(_reason!, tokenMayChange: true);
    }

    private static ChatOtherUserException OtherUser(Exception? said) =>
        new("The server takes this client for another user.", said);

    /// <summary>Ends with the reason when the token cannot be renewed and the client has to give up, else with the
    /// connection.</summary>
    private static async Task<ChatException?> RenewedAsync(LiveConnection live)
    {
        var over = await live.Renewal.ConfigureAwait(false);
        if (over is null) await live.Connection.Ended.ConfigureAwait(false);
        return over;
    }

    /// <summary>Waits, then makes one attempt: there is a connection, or a failure.</summary>
    private async Task<(LiveConnection? Opened, Exception? Failure)> AttemptAsync(
        TimeSpan delay, CancellationToken stop)
    {
        if (delay > TimeSpan.Zero) await Task.Delay(delay, _time, stop).ConfigureAwait(false);
        using var bound = new CancellationTokenSource(2 * options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stop);
        var next = link.NewConnection();
        // On another thread, because the application's callbacks may hang.
        var opening = Task.Run(() => OpenAsync(next, either.Token), CancellationToken.None);
        try
        {
            await opening.WaitAsync(either.Token).ConfigureAwait(false);
            return (next, null);
        }
        catch (Exception ex) // any failure of the application's token provider, proxy or handler
        {
            Retire(next, opening);
            stop.ThrowIfCancellationRequested();
            telemetry.ConnectFailed();
            var reason = Explain(ex);
            Log.AttemptFailed(_logger, OneLine(reason));
            return (null, reason);
        }
    }

    private async Task OpenAsync(LiveConnection next, CancellationToken ct)
    {
        if (options.Tokens is { } tokens) next.Token = await tokens.GetAsync(ct).ConfigureAwait(false);
        await next.OpenAsync(ct).ConfigureAwait(false);
        if (_renewal is not null) await _renewal.MeetAsync(next, ct).ConfigureAwait(false);
    }

    private async Task AdoptAsync(LiveConnection next)
    {
        var old = _live;
        _live = next;
        // counted before it is announced
        if (_lostAt is { } lostAt && old is null) telemetry.Reconnected(_time.GetElapsedTime(lostAt));
        link.Adopt(next);
        if (_renewal is not null) next.Keep(_renewal);
        (_reason, _tokenAttempts) = (null, 0);
        if (old is not null) await RetireAsync(old).ConfigureAwait(false);
    }

    private async Task LoseAsync(LiveConnection live)
    {
        _reason = await live.Connection.Ended.ConfigureAwait(false)
            ?? new ChatDisconnectedException("The connection ended.");
        _lostAt = _time.GetTimestamp();
        _live = null;
        link.Drop();
        telemetry.Lost();
        Log.Lost(_logger, OneLine(_reason));
        await RetireAsync(live).ConfigureAwait(false);
    }

    private async Task RetireAsync(LiveConnection live)
    {
        await live.EndAsync().ConfigureAwait(false);
        Retire(live, Task.CompletedTask);
    }

    /// <summary>Disposes of the connection without waiting for it; the end of the run does.</summary>
    private void Retire(LiveConnection live, Task opening)
    {
        _retiring.RemoveAll(task => task.IsCompleted);
        _retiring.Add(DisposeAsync(live, opening));
    }

    private async Task DisposeAsync(LiveConnection live, Task opening)
    {
        try
        {
            var disposing = live.Connection.DisposeAsync().AsTask();
            await disposing.WaitAsync(2 * options.CloseTimeout, _time).ConfigureAwait(false);
            // its failure is already known
            await opening.WaitAsync(2 * options.CloseTimeout, _time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception ex) // it has ended, whether or not it closes properly
        {
            Log.DisposeFailed(_logger, ex);
        }
    }

    private static ChatException Explain(Exception failure) => failure switch
    {
        ChatException known => known,
        OperationCanceledException =>
            new ChatConnectException("No connection was made within twice the ConnectTimeout.", failure),
        _ => new ChatConnectException($"No connection: {failure.Message}", failure),
    };

    private static string OneLine(Exception reason) => reason.Message.ReplaceLineEndings(" ");

    private static partial class Log
    {
        [LoggerMessage(7025, LogLevel.Information, "The connection was lost: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(7028, LogLevel.Warning, "The attempt to connect failed: {Reason}")]
        public static partial void AttemptFailed(ILogger logger, string reason);

        [LoggerMessage(7026, LogLevel.Information, "The server is about to stop and asks to connect again")]
        public static partial void Draining(ILogger logger);

        [LoggerMessage(7027, LogLevel.Debug, "A connection that is over could not be closed properly")]
        public static partial void DisposeFailed(ILogger logger, Exception exception);
    }
}
