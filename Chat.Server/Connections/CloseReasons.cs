using Chat.Contracts.Errors;

namespace Chat.Server.Connections;

internal static class CloseReasons
{
    private const int FirstFinal = 4_500;

    /// <summary>Whether a client that is told this reason connects again.</summary>
    public static bool AllowsReconnect(this CloseReason reason) => (int)reason < FirstFinal;
}
