using Chat.ClientSdk.Sending;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>A store that shows what it has, can be held up, and can fail.</summary>
internal sealed class RecordingStore : IOutboxStore
{
    private readonly MemoryOutboxStore _inner = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, string> _bodies = [];

    /// <summary>Asked before each batch is added.</summary>
    public Func<IReadOnlyList<OutboxMessage>, Task> BeforeAdd { get; set; } = _ => Task.CompletedTask;

    public Exception? LoadFailure { get; set; }

    public int AddCalls { get; private set; }

    public List<string> Bodies
    {
        get { lock (_gate) return [.. _bodies.Values]; }
    }

    public Task<IReadOnlyList<OutboxMessage>> LoadAsync(CancellationToken ct) =>
        LoadFailure is null ? _inner.LoadAsync(ct) : throw LoadFailure;

    public async Task AddAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken ct)
    {
        AddCalls++;
        await BeforeAdd(messages);
        await _inner.AddAsync(messages, ct);
        lock (_gate)
            foreach (var message in messages) _bodies.Add(message.Number, message.Body!);
    }

    public async Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken ct)
    {
        await _inner.RemoveAsync(numbers, ct);
        lock (_gate)
            foreach (var number in numbers) _bodies.Remove(number);
    }

    public Task CloseAsync() => _inner.CloseAsync();
}
