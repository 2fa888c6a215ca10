namespace Chat.ClientSdk.Sending;

/// <summary>Keeps what an outbox has accepted, so that it survives the client and its process.</summary>
/// <remarks>
/// <para>One store serves one client at a time; it keeps the messages of each user apart, or serves one only. The
/// client makes one call at a time, and passes all waiting messages at once. A store may be loaded again after it was
/// closed.</para>
/// <para>If <see cref="AddAsync"/> breaks its promise, an accepted message can be lost. <see cref="RemoveAsync"/> makes
/// no such promise: a message that reappears is sent again with the same dedupe key and stored once.</para>
/// </remarks>
public interface IOutboxStore
{
    /// <summary>Says whose messages are loaded, added and removed from now on, before each
    /// <see cref="LoadAsync"/>.</summary>
    /// <param name="owner">A server, a tenant and a user. What was kept for one must never be loaded for
    /// another.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <remarks>By default nothing happens: such a store must be the user's own.</remarks>
    Task UseAsync(string owner, CancellationToken ct) => Task.CompletedTask;

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
