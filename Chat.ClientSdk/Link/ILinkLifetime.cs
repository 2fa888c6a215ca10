namespace Chat.ClientSdk.Link;

/// <summary>Starts and stops a link, and reports its state.</summary>
internal interface ILinkLifetime : IAsyncDisposable
{
    /// <summary>The newest state with its reason.</summary>
    ConnectionStateChange State { get; }

    /// <summary>The current state on subscribing, then every change, in order, one call at a time. Completes when the
    /// link is disposed.</summary>
    IObservable<ConnectionStateChange> Changes { get; }

    /// <summary>Starts connecting. Does nothing when already started.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    void Start();

    /// <summary>Disconnects; it may be started again. Takes the close timeout and a little more at most.</summary>
    /// <param name="signedOut">Why the user is signed out; null: it is only stopped.</param>
    Task StopAsync(ChatSignedOutException? signedOut = null);
}
