using System.Collections.Immutable;
using Chat.ClientSdk.Connection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Link;

/// <summary>Shows every push to all who listen. One that fails is logged and harms neither the others nor the
/// connection.</summary>
internal sealed partial class PushListeners(ChatClientTelemetry telemetry, ILogger logger)
{
    private ImmutableArray<Action<Push>> _listeners = [];

    public IDisposable Add(Action<Push> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, static (all, added) => all.Add(added), listener);
        return new Registration(this, listener);
    }

    public void Tell(Push push)
    {
        if (push is Push.Entry) telemetry.EntryReceived();
        foreach (var listener in _listeners)
        {
            try
            {
                listener(push);
            }
            catch (Exception ex) // whatever a listener does
            {
                Log.ListenerFailed(logger, ex);
            }
        }
    }

    private sealed class Registration(PushListeners owner, Action<Push> listener) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                ImmutableInterlocked.Update(ref owner._listeners, static (all, removed) => all.Remove(removed),
                    listener);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7022, LogLevel.Error, "What the server pushed could not be taken in by a part of the client")]
        public static partial void ListenerFailed(ILogger logger, Exception exception);
    }
}
