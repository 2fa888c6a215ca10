namespace Chat.ClientSdk.Sending;

/// <summary>Keeps accepted messages as long as the process runs: a new client with the same store continues where the
/// last one stopped.</summary>
public sealed class MemoryOutboxStore : IOutboxStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<long, OutboxMessage>> _owners = [];
    private Dictionary<long, OutboxMessage> _messages = [];
    private bool _open;

    /// <inheritdoc />
    public Task UseAsync(string owner, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_open) return Task.CompletedTask; // LoadAsync then throws: it is in use
            // What was there before anybody said whose it is belongs to the first who comes.
            if (!_owners.TryGetValue(owner, out var messages))
                _owners.Add(owner, messages = _owners.Count == 0 ? _messages : []);
            _messages = messages;
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<OutboxMessage>> LoadAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_open)
                throw new IOException(
                    "The outbox store is in use by another client. Dispose that one first, or give each client a "
                        + "store of its own.");
            _open = true;
            return Task.FromResult<IReadOnlyList<OutboxMessage>>([.. _messages.Values]);
        }
    }

    /// <inheritdoc />
    public Task AddAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(messages);
        lock (_gate)
            foreach (var message in messages) _messages.Add(message.Number, message);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        lock (_gate)
            foreach (var number in numbers) _messages.Remove(number);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task CloseAsync()
    {
        lock (_gate) _open = false;
        return Task.CompletedTask;
    }
}
