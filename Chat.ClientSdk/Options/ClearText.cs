using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk;

/// <summary>Tokens that anybody on the way can read.</summary>
internal static partial class ClearText
{
    /// <summary>Once per client.</summary>
    public static void Warn(ChatClientOptions options)
    {
        if (options.Url.Scheme != Uri.UriSchemeHttp || options.Url.IsLoopback
            || options.Url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) return;
        Log.Sent(options.Logs.CreateLogger("Chat.ClientSdk.ChatClient"), options.Url.GetLeftPart(UriPartial.Authority));
    }

    private static partial class Log
    {
        [LoggerMessage(9441, LogLevel.Warning,
            "Access tokens are sent to {Server} in clear text; who reads one can act as its user. Use https")]
        public static partial void Sent(ILogger logger, string server);
    }
}
