using Chat.Contracts.Protocol;

namespace Chat.Server.Transports.Http;

/// <summary>Headers of our own.</summary>
internal static class ChatHeaders
{
    /// <summary>Of a poll's answer: the next <c>after_id</c>. Pages of other sites see it only where CORS exposes
    /// it.</summary>
    public const string Cursor = "X-Chat-Cursor";

    /// <summary>Of an error: its status. A proxy's own errors do not have it.</summary>
    public const string Error = ChatHubRoute.ErrorHeader;
}
