using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>Cursors that last as long as this object: for readers that come and go while the app runs, and for
/// tests.</summary>
public sealed class MemoryCursorStore : ICursorStore
{
    private readonly ConcurrentDictionary<ConversationId, long> _cursors = new();
    private readonly ConcurrentDictionary<ConversationId, string> _generations = new();

    /// <inheritdoc />
    public ValueTask<long?> LoadAsync(ConversationId conversationId, CancellationToken ct = default) =>
        new(_cursors.TryGetValue(conversationId, out var sequence) ? sequence : null);

    /// <inheritdoc />
    public ValueTask SaveAsync(ConversationId conversationId, long sequence, CancellationToken ct = default)
    {
        _cursors[conversationId] = sequence;
        return default;
    }

    /// <inheritdoc />
    public ValueTask<string?> LoadGenerationAsync(ConversationId conversationId, CancellationToken ct = default) =>
        new(_generations.GetValueOrDefault(conversationId));

    /// <inheritdoc />
    public ValueTask SaveGenerationAsync(
        ConversationId conversationId, string generation, CancellationToken ct = default)
    {
        _generations[conversationId] = generation;
        return default;
    }

    /// <inheritdoc />
    public ValueTask ClearAsync(CancellationToken ct = default)
    {
        _cursors.Clear();
        _generations.Clear();
        return default;
    }
}
