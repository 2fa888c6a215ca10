namespace Chat.ClientSdk.Link;

/// <summary>Begins and ends a link, and tells how it is.</summary>
internal interface ILinkLifetime : IAsyncDisposable
{
    /// <summary>The newest state with its reason.</summary>
    ConnectionStateChange State { get; }

    /// <summary>The current state on subscribing, then every change, in order, one call at a time. Completes when the
    /// link is disposed.</summary>
    IObservable<ConnectionStateChange> Changes { get; }

    /// <summary>Begins to connect. Nothing happens when that is under way already.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    void Start();

    /// <summary>Disconnects; it may be started again. Takes the close timeout and a little more at most.</summary>
    Task StopAsync();
}
