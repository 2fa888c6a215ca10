namespace Chat.ClientSdk.Sending;

/// <summary>Keeps what an outbox has accepted, so that it survives the client and its process.</summary>
/// <remarks>
/// <para>One store serves one user at one server, and one client at a time. The client makes one call at a time, and
/// hands over as many messages at once as there are. A store may be loaded again after it was closed.</para>
/// <para>Without the promise of <see cref="AddAsync"/> an accepted message can be lost. <see cref="RemoveAsync"/> needs
/// no such promise: what comes back is sent again with the same dedupe key and stored once.</para>
/// </remarks>
public interface IOutboxStore
{
    /// <summary>Opens the store. Whatever was added and not removed, in any order.</summary>
    /// <exception cref="IOException">It cannot be read, or somebody else has it open. The outbox then accepts
    /// nothing.</exception>
    Task<IReadOnlyList<OutboxMessage>> LoadAsync(CancellationToken ct);

    /// <summary>Keeps the messages: when it returns, they survive the process. All of them, or none when it
    /// throws.</summary>
    Task AddAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken ct);

    /// <summary>Forgets the messages with these numbers. Numbers that are not there are fine.</summary>
    Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken ct);

    /// <summary>Gives the store free for the next client.</summary>
    Task CloseAsync();
}
