namespace Chat.ClientSdk;

/// <summary>Whether the client is connected to the server.</summary>
public enum ConnectionState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped,

    /// <summary>Making the first connection.</summary>
    Connecting,

    /// <summary>There is a connection.</summary>
    Connected,

    /// <summary>The connection was lost and is being restored.</summary>
    Reconnecting,

    /// <summary>The client gave up: see the reason. Only when the options limit the attempts, or the server refuses
    /// this client for good.</summary>
    Failed,

    /// <summary>There is no access token any more: see <see cref="ChatClientOptions.AccessTokenProvider"/>.
    /// <see cref="ChatClient.StartAsync"/> asks for one again.</summary>
    SignedOut,
}

/// <summary>A change of the state, with its reason.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reason">Why, where something went wrong; else null.</param>
/// <param name="NextAttemptIn">While reconnecting: how long until the next attempt; else null.</param>
public sealed record ConnectionStateChange(ConnectionState State, Exception? Reason, TimeSpan? NextAttemptIn);
