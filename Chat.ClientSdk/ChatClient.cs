using Chat.ClientSdk.Link;

namespace Chat.ClientSdk;

/// <summary>A chat that works, also on a train: one connection kept for ever, conversations as ordered streams, sends that are stored once.</summary>
/// <remarks>All members may be used from any thread. One client for one user and server; dispose it at the end.</remarks>
public sealed partial class ChatClient : IAsyncDisposable
{
    private readonly ChatClientOptions _options;
    private readonly IChatLink _link;

    internal ChatClient(ChatClientOptions options, IChatLink link) => (_options, _link) = (options, link);

    /// <summary>Ends the connection, the streams and the outbox; what a persistent outbox holds is sent by the next client that uses its store.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
