using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Connection;

/// <summary>One connection to a server: it is opened once, ends once, and knows nothing of what was before
/// it.</summary>
internal interface IChatConnection : IAsyncDisposable
{
    /// <summary>The server's methods. What they throw is a <see cref="ChatException"/>.</summary>
    IChatHub Hub { get; }

    /// <summary>Ends when the connection has ended: with the reason, or null when it was asked for. Never
    /// fails.</summary>
    Task<Exception?> Ended { get; }

    /// <summary>Connects. Every push is passed on, one at a time, in the order in which they came. The receiver must
    /// not block.</summary>
    /// <exception cref="ChatConnectException">There is no connection.</exception>
    Task OpenAsync(Action<Push> receive, CancellationToken ct);
}
