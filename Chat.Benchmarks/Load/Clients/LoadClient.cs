using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>One connection of one user.</summary>
internal abstract class LoadClient : IAsyncDisposable
{
    /// <summary>Connects and starts to read; what comes goes to the sink.</summary>
    public static async Task<LoadClient> ConnectAsync(
        Transport transport, LoadTarget target, UserId user, IDeliverySink sink, CancellationToken ct,
        int receiveBuffer = 0)
    {
        LoadClient client = transport switch
        {
            Transport.Raw => new RawClient(sink),
            Transport.Hub => new HubClient(sink),
            Transport.MessagePack => new MessagePackClient(sink),
            _ => new SdkClient(sink),
        };
        await client.OpenAsync(target, user, receiveBuffer, ct);
        return client;
    }

    /// <returns>The newest sequence at that moment.</returns>
    public abstract Task<long> JoinAsync(ConversationId conversation, long? after, CancellationToken ct);

    /// <summary>Writes a message and does not wait for its acknowledgement.</summary>
    public abstract ValueTask SendAsync(
        ConversationId conversation, ReadOnlyMemory<byte> body, int number, CancellationToken ct);

    /// <summary>Stops reading from the socket, as a client does that hangs.</summary>
    public virtual void Stall() =>
        throw new UsageException("readers that stall need --transport raw, hub or messagepack");

    /// <summary>Reads on.</summary>
    public virtual void Resume() =>
        throw new UsageException("readers that stall need --transport raw, hub or messagepack");

    public abstract ValueTask DisposeAsync();

    protected abstract Task OpenAsync(LoadTarget target, UserId user, int receiveBuffer, CancellationToken ct);
}
