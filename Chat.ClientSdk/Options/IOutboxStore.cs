namespace Chat.ClientSdk.Sending;

/// <summary>Keeps what an outbox has accepted, so that it survives the client and its process.</summary>
/// <remarks>
/// <para>One store serves one user at one server, and one client at a time. The client makes one call at a time, and
/// passes all waiting messages at once. A store may be loaded again after it was closed.</para>
/// <para>If <see cref="AddAsync"/> breaks its promise, an accepted message can be lost. <see cref="RemoveAsync"/> makes
/// no such promise: a message that reappears is sent again with the same dedupe key and stored once.</para>
/// </remarks>
public interface IOutboxStore
{
    /// <summary>Opens the store. Returns every message that was added and not removed, in any order.</summary>
    /// <exception cref="IOException">It cannot be read, or another client has it open. The outbox then accepts
    /// nothing.</exception>
    Task<IReadOnlyList<OutboxMessage>> LoadAsync(CancellationToken ct);

    /// <summary>Keeps the messages: when it returns, they survive the process. All of them, or none when it
    /// throws.</summary>
    Task AddAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken ct);

    /// <summary>Removes the messages with these numbers. Unknown numbers are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken ct);

    /// <summary>Releases the store for the next client.</summary>
    Task CloseAsync();
}
