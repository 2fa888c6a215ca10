using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>Remembers how far one reader has come in each conversation, so that it goes on there after a restart of the
/// app.</summary>
/// <remarks>One store for one reader: two that share a store share a cursor. Implementations may be called from several
/// threads at once, for one conversation by one.</remarks>
public interface ICursorStore
{
    /// <summary>The last sequence that was saved; null when there is none.</summary>
    ValueTask<long?> LoadAsync(ConversationId conversationId, CancellationToken ct = default);

    /// <summary>Remembers the sequence in place of the last one. It is called after every entry: it should be cheap,
    /// and need not be durable at once.</summary>
    /// <remarks>What is lost in a crash is shown again. What it throws ends the reading.</remarks>
    ValueTask SaveAsync(ConversationId conversationId, long sequence, CancellationToken ct = default);

    /// <summary>The generation of the log in which the cursor was saved; null when there is none. A store that does not
    /// keep it does not notice that the server's database was put back while the app did not run.</summary>
    ValueTask<string?> LoadGenerationAsync(ConversationId conversationId, CancellationToken ct = default) => default;

    /// <summary>Remembers the generation in place of the last one. It is rarely called.</summary>
    ValueTask SaveGenerationAsync(
        ConversationId conversationId, string generation, CancellationToken ct = default) => default;
}
