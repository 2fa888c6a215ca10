using Chat.ClientSdk.Connection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>Passes every push to all listeners. A listener that fails is logged and affects neither the others nor the
/// connection.</summary>
internal sealed partial class PushListeners(ChatClientTelemetry telemetry, ILogger logger)
{
    private readonly Listeners<Push> _listeners = new(fault => Log.ListenerFailed(logger, fault));

    public IDisposable Add(Action<Push> listener) => _listeners.Add(listener);

    public void Tell(Push push)
    {
        if (push is Push.Entry) telemetry.EntryReceived();
        _listeners.Tell(push);
    }

    private static partial class Log
    {
        [LoggerMessage(7022, LogLevel.Error, "A part of the client failed on a push of the server")]
        public static partial void ListenerFailed(ILogger logger, Exception exception);
    }
}
