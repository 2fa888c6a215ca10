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
    /// <returns>False: there is no such observer.</returns>
    /// <exception cref="StoreException">The database is not available.</exception>
    public Task<bool> RewindAsync(
        string observer, ChatStart to, ConversationId? only = null, CancellationToken ct = default) =>
        only is { } conversation
            ? store.MoveAsync(observer, to, conversation, ct)
            : store.MoveAsync(observer, to, ct);

    /// <summary>Tries at once what waits because it failed. One that no instance has run yet has nothing of the kind.
    /// </summary>
    /// <param name="observer">Its name.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>False: there is no such observer.</returns>
    /// <exception cref="StoreException">The database is not available.</exception>
    public Task<bool> RetryAsync(string observer, CancellationToken ct = default) => store.RetryAsync(observer, ct);
}
