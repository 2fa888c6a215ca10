using System.Net;
using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>Separates failures that may pass from those that will not.</summary>
internal static class Refusal
{
    private const int FirstFinalCode = 4500;
    private const int LastFinalCode = 4999;

    /// <summary>The server refuses this client, and the same request would be refused again.</summary>
    /// <param name="failure">What ended a connection, or an attempt to make one.</param>
    /// <param name="tokenMayChange">A token provider may return another token next time, so a status is not
    /// final.</param>
    public static bool IsFinal(Exception failure, bool tokenMayChange) =>
        HasFinalCode(failure) || ServerWord.IsFinal(ServerWord.Of(failure))
        || (!tokenMayChange && failure is ChatConnectException && IsUnwanted(failure.InnerException));

    /// <summary>The server wants another token.</summary>
    public static bool WantsToken(Exception failure) =>
        failure is ChatConnectException { Status: HttpStatusCode.Unauthorized };

    /// <summary>There is no token; null: that is not what happened.</summary>
    public static ChatSignedOutException? SignedOut(Exception? failure) => failure switch
    {
        null => null,
        ChatSignedOutException signedOut => signedOut,
        AggregateException many => many.InnerExceptions.Select(SignedOut).FirstOrDefault(one => one is not null),
        _ => SignedOut(failure.InnerException),
    };

    /// <summary>The server itself, and no proxy, wants another token.</summary>
    public static bool IsOfToken(Exception failure) => WantsToken(failure) && IsUnwanted(failure.InnerException);

    private static bool HasFinalCode(Exception? failure) => failure switch
    {
        null => false,
        ChatDisconnectedException { CloseCode: >= FirstFinalCode and <= LastFinalCode } => true,
        _ => HasFinalCode(failure.InnerException),
    };

    // A proxy, for instance a login portal, may also answer 400 or 403, and that passes. Where several transports were
    // tried, the server must have refused all of them.
    private static bool IsUnwanted(Exception? cause) => cause switch
    {
        ServerRefusal => true,
        AggregateException many => many.InnerExceptions.All(IsUnwanted),
        _ => false,
    };
}
