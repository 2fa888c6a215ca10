using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Connection;

/// <summary>One connection to a server: it is opened once, ends once, and has no state of earlier
/// connections.</summary>
internal interface IChatConnection : IAsyncDisposable
{
    /// <summary>The server's methods. They throw a <see cref="ChatException"/>.</summary>
    IChatHub Hub { get; }

    /// <summary>Completes when the connection has ended, with the reason, or null when the client ended it. Never
    /// fails.</summary>
    Task<Exception?> Ended { get; }

    /// <summary>Connects. Every push is passed on, one at a time, in order. The receiver must not block.</summary>
    /// <exception cref="ChatConnectException">There is no connection.</exception>
    Task OpenAsync(Action<Push> receive, CancellationToken ct);
}
