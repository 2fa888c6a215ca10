using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Identity;
using Chat.Server.Limits;
using Chat.Server.Observability;

namespace Chat.Server.Operators;

/// <summary>Checks keys: the operators' own, and those of back ends. Wrong ones are slowed, counted and
/// logged.</summary>
internal sealed partial class OperatorsDoor(
    OperatorKey key, KeyDoor keys, ChatMetrics metrics, TimeProvider time, ILogger<OperatorsDoor> logger)
{
    private static readonly Rate Slow = new(PerSecond: 1, Burst: 10);

    private readonly AddressCounters _attempts = new(Slow, time);

    // Apart: behind a proxy everybody may have one address, and it may be an operator's too.
    private readonly AddressCounters _elsewhere = new(Slow, time);

    /// <param name="http">The request.</param>
    /// <param name="given">The key that came with it.</param>
    /// <param name="wait">How long this address has to wait before another key is looked at; zero: it was looked
    /// at.</param>
    /// <returns>Whether it is the operators' key.</returns>
    public bool Opens(HttpContext http, string given, out TimeSpan wait)
    {
        var address = http.Connection.RemoteIpAddress;
        wait = _attempts.Take(address);
        var isKey = wait == TimeSpan.Zero && key.Is(given);
        if (isKey)
        {
            _attempts.Return(address);
            return true;
        }
        metrics.OperatorRefused();
        if (wait == TimeSpan.Zero) Log.WrongKey(logger, http.Request.Path, address);
        return false;
    }

    /// <summary>Looks at a back end's key.</summary>
    /// <returns>Null: it opens, and its holder is kept with the request. Else why not.</returns>
    public async ValueTask<ChatError?> OpenAsync(HttpContext http, string given)
    {
        var refusal = await keys.OpenAsync(http, given);
        if (refusal is null) return null;
        metrics.OperatorRefused();
        if (refusal.Code == ChatErrorCode.TokenInvalid)
            Log.WrongKey(logger, http.Request.Path, http.Connection.RemoteIpAddress);
        return refusal;
    }

    /// <summary>A key that was written into the sign-in page.</summary>
    /// <returns>Its id; null: it is no back end's key, or not one for operators.</returns>
    public ValueTask<string?> FindOperatorAsync(HttpContext http, string given) =>
        keys.FindOperatorAsync(given, http.RequestAborted);

    /// <summary>Somebody has come in with the operators' own key, or with a session.</summary>
    /// <param name="http">The request, with which the holder is kept.</param>
    /// <param name="holder">Who.</param>
    /// <returns>Null, or what is wrong with the tenant that is named.</returns>
    public static ChatError? Admit(HttpContext http, KeyHolder holder)
    {
        if (KeyDoor.TenantOf(http.Request, holder, out var tenant) is { } refusal) return refusal;
        KeyHolders.Set(http, holder with { Tenant = tenant });
        return null;
    }

    /// <summary>A key was given where no key is accepted: such attempts are slowed and logged too.</summary>
    /// <returns>How long this address has to wait; zero: not at all.</returns>
    public TimeSpan KnockedElsewhere(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        var wait = _elsewhere.Take(address);
        metrics.OperatorRefused();
        if (wait == TimeSpan.Zero) Log.Elsewhere(logger, http.Request.Path, address);
        return wait;
    }

    private static partial class Log
    {
        // With the address, although it is personal, because guessing keys is an attack.
        [LoggerMessage(1061, LogLevel.Warning, "A wrong operators' key for {Path} from {Address}")]
        public static partial void WrongKey(ILogger logger, string path, System.Net.IPAddress? address);

        [LoggerMessage(1064, LogLevel.Warning,
            "An operators' key was given for {Path} from {Address} at the public address, where it opens "
                + "nothing")]
        public static partial void Elsewhere(ILogger logger, string path, System.Net.IPAddress? address);
    }
}
