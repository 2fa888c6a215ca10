using Chat.Contracts.Identifiers;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Observers;

/// <summary>Moves observers back.</summary>
internal sealed class ObserverRewinds(RewindStore store)
{
    /// <summary>Moves an observer, or one conversation of it. It goes on from there within some seconds, on whichever
    /// instance.</summary>
    /// <param name="observer">Its name.</param>
    /// <param name="to">Where to. <see cref="ChatStart.Now"/> leaves out all that it was not shown.</param>
    /// <param name="only">The conversation; null: all.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="ArgumentException">There is no such observer.</exception>
    /// <exception cref="StoreException">The database is not available.</exception>
    public async Task RewindAsync(
        string observer, ChatStart to, ConversationId? only = null, CancellationToken ct = default)
    {
        var moved = only is { } conversation
            ? await store.MoveAsync(observer, to, conversation, ct)
            : await store.MoveAsync(observer, to, ct);
        if (!moved) throw new ArgumentException($"there is no observer {observer}", nameof(observer));
    }

    /// <summary>Tries at once what waits because it failed. One that no instance has run yet has nothing of the kind.
    /// </summary>
    /// <param name="observer">Its name.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>False: there is no such observer.</returns>
    /// <exception cref="StoreException">The database is not available.</exception>
    public Task<bool> RetryAsync(string observer, CancellationToken ct = default) => store.RetryAsync(observer, ct);
}
