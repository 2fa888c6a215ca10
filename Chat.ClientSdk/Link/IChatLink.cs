using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>A connection that is restored whenever it is lost. The parts of the client build on it.</summary>
internal interface IChatLink
{
    /// <summary>The session that there is now, or null.</summary>
    LinkSession? Current { get; }

    /// <summary>The session that there is, or the next one.</summary>
    /// <exception cref="ChatConnectException">The link gave up: the attempts are used up, or the server refuses this
    /// client.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    ValueTask<LinkSession> SessionAsync(CancellationToken ct);

    /// <summary>Passes every push of every session to the listener, in order, until the result is disposed. The
    /// listener must not block: it is called on the receiving path.</summary>
    IDisposable Listen(Action<Push> listener);
}
