using System.Collections.Concurrent;
using Chat.ClientSdk.Reading;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>Cursors that last as long as this object: for readers that come and go while the app runs, and for
/// tests. Each user who reads with it has their own.</summary>
public sealed class MemoryCursorStore : ICursorStore
{
    private readonly ConcurrentDictionary<(string Owner, ConversationId), SavedCursor> _cursors = new();
    private volatile string _owner = "";

    /// <inheritdoc />
    public ValueTask<long?> LoadAsync(ConversationId conversationId, CancellationToken ct = default) =>
        new(_cursors.TryGetValue((_owner, conversationId), out var cursor) && cursor.Sequence >= 0
            ? cursor.Sequence
            : null);

    /// <inheritdoc />
    public ValueTask SaveAsync(ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        Save(conversationId, new SavedCursor(sequence), cursor => cursor with { Sequence = sequence });

    /// <inheritdoc />
    public ValueTask<string?> LoadGenerationAsync(ConversationId conversationId, CancellationToken ct = default) =>
        new(_cursors.GetValueOrDefault((_owner, conversationId)).Generation);

    /// <inheritdoc />
    public ValueTask SaveGenerationAsync(
        ConversationId conversationId, string generation, CancellationToken ct = default) =>
        Save(conversationId, new SavedCursor(-1, generation), cursor => cursor with { Generation = generation });

    /// <inheritdoc />
    public ValueTask UseAsync(string owner, CancellationToken ct = default)
    {
        _owner = owner;
        return default;
    }

    /// <summary>Erases all cursors, of all users.</summary>
    /// <inheritdoc />
    public ValueTask ClearAsync(CancellationToken ct = default)
    {
        _cursors.Clear();
        return default;
    }

    private ValueTask Save(ConversationId conversationId, SavedCursor first, Func<SavedCursor, SavedCursor> change)
    {
        _cursors.AddOrUpdate((_owner, conversationId), first, (_, cursor) => change(cursor));
        return default;
    }
}
