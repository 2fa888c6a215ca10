using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Safety.Store;

namespace Chat.Server.Safety.Blocks;

/// <summary>Knows of each connection whom it is shown no signals of.</summary>
internal sealed class BlockWatch : IBlocks
{
    private const int PerQuery = 500;

    private readonly BlockStore _store;
    private readonly BlockChanges _changes;
    private readonly ConnectionRegistry _connections;
    private readonly BlockFarewell _farewell;
    private readonly Gathered<UserKey, Dictionary<UserKey, BlockSet>> _reads;

    public BlockWatch(
        BlockStore store, BlockChanges changes, ConnectionRegistry connections, BlockFarewell farewell,
        TimeProvider time)
    {
        (_store, _changes, _connections, _farewell) = (store, changes, connections, farewell);
        // No token: others may wait for the same query.
        _reads = new(users => store.FindAsync(users, CancellationToken.None), PerQuery, time);
    }

    public async Task<BlockSet> ReadAsync(UserKey user, CancellationToken ct) =>
        (await _reads.AskAsync(user, ct)).GetValueOrDefault(user) ?? BlockSet.None;

    public ValueTask PrepareAsync(ClientWriter writer, CancellationToken ct) =>
        writer.Hidden is not null ? ValueTask.CompletedTask : new ValueTask(LoadAsync(writer, ct));

    /// <summary>Reads again what concerns these users' connections, as far as they have any here.</summary>
    /// <exception cref="Persistence.StoreException">The database cannot be asked.</exception>
    public async Task RefreshAsync(IEnumerable<UserKey> users, CancellationToken ct)
    {
        foreach (var some in users.Where(user => WritersOf(user).Any()).Chunk(PerQuery))
        {
            var found = await _store.FindAsync(some, ct);
            foreach (var user in some)
                foreach (var writer in WritersOf(user))
                    _farewell.Change(writer, found.GetValueOrDefault(user) ?? BlockSet.None);
        }
    }

    private IEnumerable<ClientWriter> WritersOf(UserKey user) =>
        _connections.Of(user).Select(connection => connection.Outbound).OfType<ClientWriter>()
            .Where(writer => writer.Hidden is not null);

    private async Task LoadAsync(ClientWriter writer, CancellationToken ct)
    {
        var before = _changes.Count;
        writer.Hidden = await ReadAsync(writer.User, ct);
        // A change since then did not find this connection.
        if (before != _changes.Count) _changes.Note([writer.User]);
    }
}
