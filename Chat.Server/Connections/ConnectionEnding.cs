using Chat.Contracts.Errors;
using Chat.Server.FanOut;

namespace Chat.Server.Connections;

/// <summary>Ends connections that may not be here any more, with the reason.</summary>
internal sealed class ConnectionEnding(BackgroundWork background)
{
    /// <summary>Nothing is shown to it or done for it from now on; the close goes out aside.</summary>
    public void End(Connection connection, ChatErrorCode because)
    {
        if (connection.TryStop(because))
            background.Watch(connection.EndAsync(CloseReasons.Of(because), because.ToWire(), background.Stopping));
    }
}
