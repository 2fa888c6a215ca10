using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>Which connection of a link is the one that counts. Pushes of another one are dropped, for the parts of the
/// client have joined again on the new one.</summary>
internal sealed class CurrentConnection(PushListeners listeners)
{
    // Held while listeners are told, so that after a change nothing of the old connection is still on its way to them.
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
