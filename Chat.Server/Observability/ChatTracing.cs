using System.Diagnostics;

namespace Chat.Server.Observability;

internal static class ChatTracing
{
    public const string SourceName = "Chat.Server";

    /// <summary>The one source of this server's spans. Starting one costs nothing without listeners.</summary>
    public static readonly ActivitySource Source = new(SourceName);
}
