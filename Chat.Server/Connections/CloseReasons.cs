using Chat.Contracts.Errors;

namespace Chat.Server.Connections;

internal static class CloseReasons
{
    private const int FirstFinal = 4_500;

    /// <summary>Whether a client reconnects after this reason.</summary>
    public static bool AllowsReconnect(this CloseReason reason) => (int)reason < FirstFinal;
}
