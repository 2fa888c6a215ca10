using Chat.ClientSdk.Connection;
using Chat.Contracts.Errors;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>Gives an open connection the next token before its own ends, so that it goes on without a gap.</summary>
internal sealed partial class TokenRenewal(
    AccessTokens tokens, ClientOwner owner, ChatClientOptions options, ILogger logger)
{
    private const int MostRefusals = 1;

    private static readonly Backoff Waits = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly TimeProvider _time = options.TimeProvider;

    /// <summary>Asks whom the server takes the token for, before anything is sent with it.</summary>
    /// <exception cref="ChatOtherUserException">For another user than before.</exception>
    public async Task MeetAsync(LiveConnection live, CancellationToken ct)
    {
        try
        {
            var me = await live.Connection.Hub.Me().WaitAsync(ct).ConfigureAwait(false);
            owner.Meet(me);
            tokens.Taken(live.Token!, me.ExpiresInSeconds);
        }
        catch (ChatRefusedException) when (owner.Name.IsCompleted)
        {
            // A server of an earlier version behind a gateway that looks at tokens: the options say who it is.
        }
    }

    /// <summary>Until the connection ends.</summary>
    /// <returns>Why the client has to give up; null: it does not.</returns>
    public async Task<ChatException?> KeepAsync(LiveConnection live, CancellationToken ended)
    {
        var (refusals, failures) = (0, 0);
        while (true)
        {
            try
            {
                if (!await WaitForNextAsync(live, ended).ConfigureAwait(false)) return null;
                await HandOverAsync(live, ended).ConfigureAwait(false);
                (refusals, failures) = (0, 0);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return null;
            }
            catch (ChatDisconnectedException)
            {
                return null; // the next connection has the token
            }
            catch (Exception e) when (FinalOf(e) is { } final)
            {
                return final;
            }
            catch (ChatRefusedException e) when (ServerWord.IsOfToken(e.Code.ToWire()))
            {
                tokens.Drop(e.Code == ChatErrorCode.TokenExpired
                    ? AccessTokenReason.Expired : AccessTokenReason.Refused);
                if (++refusals > MostRefusals)
                    return new ChatSignedOutException("The server takes no token that there is.", e);
            }
            catch (Exception e) // the application's, or a server that is busy: there is time until the token ends
            {
                Log.NotRenewed(logger, e.Message.ReplaceLineEndings(" "));
                if (!await PauseAsync(e, failures++, ended).ConfigureAwait(false)) return null;
            }
        }
    }

    /// <summary>False: there is none before this one ends.</summary>
    private async Task<bool> WaitForNextAsync(LiveConnection live, CancellationToken ended)
    {
        while (live.Token == tokens.Current)
        {
            if (tokens.RenewsIn is not { } left) return false;
            if (left <= TimeSpan.Zero)
                return await tokens.RenewAsync(options.ConnectTimeout, ended).ConfigureAwait(false);
            var wait = left < OptionsCheck.LongestTimer ? left : OptionsCheck.LongestTimer;
            await Task.Delay(wait, _time, ended).ConfigureAwait(false);
        }
        return true;
    }

    private async Task HandOverAsync(LiveConnection live, CancellationToken ended)
    {
        var token = await tokens.GetAsync(ended).ConfigureAwait(false);
        var me = await live.Connection.Hub.Refresh(token).WaitAsync(ended).ConfigureAwait(false);
        owner.Meet(me);
        live.Token = token;
        tokens.Taken(token, me.ExpiresInSeconds);
    }

    private async Task<bool> PauseAsync(Exception failure, int failures, CancellationToken ended)
    {
        var said = (failure as ChatRefusedException)?.RetryAfter ?? TimeSpan.Zero;
        var wait = Waits.Next(failures);
        await Task.Delay(said > wait ? said : wait, _time, ended)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }

    private static ChatException? FinalOf(Exception failure) => failure switch
    {
        ChatSignedOutException or ChatOtherUserException => (ChatException)failure,
        ChatRefusedException { Code: ChatErrorCode.IdentityMismatch } =>
            new ChatOtherUserException("The token is of another user.", failure),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(9440, LogLevel.Warning,
            "The access token could not be renewed yet: {Reason} It is tried again until the token ends")]
        public static partial void NotRenewed(ILogger logger, string reason);
    }
}
