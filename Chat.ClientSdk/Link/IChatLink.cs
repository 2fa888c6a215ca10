using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>A connection that is kept for ever: lost, it is made again. What the parts of the client build
/// on.</summary>
internal interface IChatLink
{
    /// <summary>The session that there is now, or null.</summary>
    LinkSession? Current { get; }

    /// <summary>The session that there is, or the next one.</summary>
    /// <exception cref="ChatConnectException">It was given up: by the limit of attempts, or the server does not want
    /// this client.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    ValueTask<LinkSession> SessionAsync(CancellationToken ct);

    /// <summary>Shows every push of every session to the listener too, in order, until what is returned is disposed.
    /// The listener must not block: it is called on the receiving path.</summary>
    IDisposable Listen(Action<Push> listener);
}
