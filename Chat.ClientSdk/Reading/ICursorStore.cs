using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>Keeps the cursor of one reader in each conversation, so that it continues there after a restart of the
/// app.</summary>
/// <remarks>Use one store per reader: readers that share a store share a cursor. Implementations may be called from
/// several threads at once, but by one thread per conversation.</remarks>
public interface ICursorStore
{
    /// <summary>The last sequence that was saved; null when there is none.</summary>
    ValueTask<long?> LoadAsync(ConversationId conversationId, CancellationToken ct = default);

    /// <summary>Stores the sequence in place of the last one. It is called after every entry, so it should be cheap; it
    /// need not be durable at once.</summary>
    /// <remarks>Entries whose cursor is lost in a crash are shown again. An exception ends the reading.</remarks>
    ValueTask SaveAsync(ConversationId conversationId, long sequence, CancellationToken ct = default);

    /// <summary>The generation of the log in which the cursor was saved; null when there is none. Without it, a reader
    /// does not notice that the server's database was put back while the app did not run.</summary>
    ValueTask<string?> LoadGenerationAsync(ConversationId conversationId, CancellationToken ct = default) => default;

    /// <summary>Stores the generation in place of the last one. It is rarely called.</summary>
    ValueTask SaveGenerationAsync(
        ConversationId conversationId, string generation, CancellationToken ct = default) => default;

    /// <summary>Says whose cursors are meant from now on, before each reading: a server, a tenant and a user. By
    /// default nothing happens: such a store must be the user's own.</summary>
    ValueTask UseAsync(string owner, CancellationToken ct = default) => default;

    /// <summary>Erases all cursors: the user has signed out. A store that cannot do that does nothing, as by
    /// default.</summary>
    ValueTask ClearAsync(CancellationToken ct = default) => default;
}
