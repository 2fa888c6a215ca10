using Chat.Contracts.Errors;

namespace Chat.ClientSdk.Connection;

/// <summary>The code with which the server itself, and nothing on the way to it, ended a connection or refused
/// one.</summary>
internal static class ServerWord
{
    /// <summary>Null: it said none.</summary>
    public static string? Of(Exception? failure) => failure switch
    {
        null => null,
        ServerRefusal refusal => FirstOf(refusal.Reason),
        AggregateException many => many.InnerExceptions.Select(Of).FirstOrDefault(said => said is not null),
        _ => Of(failure.InnerException) ?? LastOf(failure.Message),
    };

    /// <summary>It is the token that the server did not take.</summary>
    public static bool IsOfToken(string? said) => said is ChatErrorCodes.Unauthenticated or ChatErrorCodes.TokenInvalid
        or ChatErrorCodes.TokenExpired or ChatErrorCodes.TokenRevoked;

    /// <summary>The server does not want this client, with any token.</summary>
    public static bool IsFinal(string? said) =>
        said is ChatErrorCodes.IdentityMismatch or ChatErrorCodes.Banned
            or ChatErrorCodes.TenantSuspended;

    /// <summary>The last word of a hub's close message.</summary>
    private static string? LastOf(string message)
    {
        var last = message.TrimEnd(' ', '.');
        last = last[(last.LastIndexOf(' ') + 1)..];
        return IsOfToken(last) || IsFinal(last) ? last : null;
    }

    private static string? FirstOf(string reason)
    {
        var end = reason.IndexOf(':', StringComparison.Ordinal);
        return end > 0 ? reason[..end] : null;
    }
}
