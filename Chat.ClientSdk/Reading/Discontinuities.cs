using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>Who is told when a log was put back.</summary>
internal sealed partial class Discontinuities(ILogger logger)
{
    private ImmutableArray<Action<LogDiscontinuity>> _handlers = [];

    public IDisposable Add(Action<LogDiscontinuity> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Add(handler));
        return new Registration(this, handler);
    }

    /// <summary>What handlers throw is logged.</summary>
    public void Tell(LogDiscontinuity what)
    {
        Log.PutBack(logger, what.ConversationId.ToString(), what.AfterSequence);
        foreach (var handler in _handlers)
            try
            {
                handler(what);
            }
            catch (Exception ex) // whatever the application does
            {
                Log.HandlerFailed(logger, ex);
            }
    }

    private sealed class Registration(Discontinuities owner, Action<LogDiscontinuity> handler) : IDisposable
    {
        public void Dispose() =>
            ImmutableInterlocked.Update(ref owner._handlers, handlers => handlers.Remove(handler));
    }

    private static partial class Log
    {
        [LoggerMessage(7041, LogLevel.Warning,
            "The log of {Conversation} was put back: what was shown after {Sequence} is there no more")]
        public static partial void PutBack(ILogger logger, string conversation, long sequence);

        [LoggerMessage(7042, LogLevel.Error, "A handler of discontinuities failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);
    }
}
