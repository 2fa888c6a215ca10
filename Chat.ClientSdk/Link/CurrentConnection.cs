using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>The current connection of a link. Pushes of any other one are dropped, because the parts of the client have
/// joined again on the new one.</summary>
internal sealed class CurrentConnection(PushListeners listeners)
{
    // Held while listeners are called, so that after a change no push of the old connection is still on its way to
    // them.
    private readonly Lock _gate = new();
    private LiveConnection? _connection;

    public void Set(LiveConnection connection)
    {
        lock (_gate) _connection = connection;
    }

    public void Tell(LiveConnection from, Push push)
    {
        lock (_gate)
            if (_connection == from) listeners.Tell(push);
    }
}
