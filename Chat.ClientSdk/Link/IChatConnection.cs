using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Link;

/// <summary>One connection to a server: it is opened once, ends once, and knows nothing of what was before
/// it.</summary>
internal interface IChatConnection : IAsyncDisposable
{
    /// <summary>The server's methods. What they throw is a <see cref="ChatException"/>.</summary>
    IChatHub Hub { get; }

    /// <summary>Ends when the connection has ended: with the reason, or null when it was asked for. Never
    /// fails.</summary>
    Task<Exception?> Ended { get; }

    /// <summary>Connects. Whatever the server pushes goes to the sink, one call at a time, in the order in which it
    /// came.</summary>
    /// <exception cref="ChatConnectException">There is no connection.</exception>
    Task OpenAsync(IChatClient sink, CancellationToken ct);
}

/// <summary>Makes connections. Two of them live at a time when the server has asked to connect again: then the new one
/// takes over from the old.</summary>
internal interface IChatConnector
{
    IChatConnection Create();
}
