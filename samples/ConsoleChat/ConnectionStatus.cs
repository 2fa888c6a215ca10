using Chat.ClientSdk;

namespace ConsoleChat;

/// <summary>The connection in words that are true.</summary>
internal sealed class ConnectionStatus
{
    private bool _wasConnected;

    public ConnectionStateChange Now { get; private set; } = new(ConnectionState.Stopped, null, null);

    /// <summary>Connected again, and what was missed is not on the screen yet.</summary>
    public bool IsCatchingUp { get; set; }

    public string Words => (Now.State, Now.Reason) switch
    {
        (ConnectionState.Connected, _) => IsCatchingUp ? "back, catching up" : "connected",
        (ConnectionState.Connecting, null) => "connecting",
        (ConnectionState.Failed, var reason) => $"given up: {reason?.Message}",
        (ConnectionState.SignedOut, var reason) => $"signed out: {reason?.Message}",
        (ConnectionState.Stopped, _) => "stopped",
        _ => "offline: will send later",
    };

    /// <summary>Takes a change.</summary>
    /// <returns>True: there is a connection again after one was lost.</returns>
    public bool Set(ConnectionStateChange change)
    {
        var isBack = change.State == ConnectionState.Connected && Now.State != ConnectionState.Connected
            && _wasConnected;
        _wasConnected |= change.State == ConnectionState.Connected;
        IsCatchingUp = isBack;
        Now = change;
        return isBack;
    }
}
