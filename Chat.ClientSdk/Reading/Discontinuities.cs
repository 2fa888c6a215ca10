using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>The handlers that are called when a log was put back.</summary>
internal sealed partial class Discontinuities(ILogger logger)
{
    private readonly Listeners<LogDiscontinuity> _handlers = new(fault => Log.HandlerFailed(logger, fault));

    public IDisposable Add(Action<LogDiscontinuity> handler) => _handlers.Add(handler);

    public void Tell(LogDiscontinuity what)
    {
        Log.PutBack(logger, what.ConversationId.ToString(), what.AfterSequence);
        _handlers.Tell(what);
    }

    private static partial class Log
    {
        [LoggerMessage(7041, LogLevel.Warning,
            "The log of {Conversation} was put back: what was shown after {Sequence} no longer exists")]
        public static partial void PutBack(ILogger logger, string conversation, long sequence);

        [LoggerMessage(7042, LogLevel.Error, "A handler of discontinuities failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);
    }
}
