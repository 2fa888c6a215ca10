using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence;

/// <summary>Who has joined the REST room, so that it holds on every instance. Failures are <see cref="StoreException"/>.</summary>
internal sealed class RoomClientStore
{
    /// <summary>Adds the client; false when it was there already.</summary>
    public Task<bool> TryAddAsync(UserId client, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Removes the client; false when it was not there.</summary>
    public Task<bool> RemoveAsync(UserId client, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>When the client was last heard from; null when it has not joined.</summary>
    public Task<DateTimeOffset?> FindLastSeenAsync(UserId client, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Notes that these clients were heard from; a time never goes back, a client that is not there stays so.</summary>
    public Task TouchAsync(IReadOnlyCollection<KeyValuePair<UserId, DateTimeOffset>> seen, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Removes those not heard from since <paramref name="before"/> and returns them.</summary>
    public Task<IReadOnlyList<UserId>> RemoveInactiveAsync(DateTimeOffset before, CancellationToken ct) => throw new NotSupportedException();
}
