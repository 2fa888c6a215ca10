using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.Observability;
using Chat.Server.Presence;

namespace Chat.Server.Connections;

/// <summary>All connections that are open on this instance, of every transport. The only owner of that list.</summary>
/// <remarks>A connection that is open is counted, makes its user present, is asked to go by the drain and is watched
/// for being slow. All of it ends with <see cref="Connection.Dispose"/>.</remarks>
internal sealed class ConnectionRegistry(LocalPresence presence, ChatMetrics metrics)
{
    private readonly ConcurrentDictionary<string, Connection> _byId = new();
    private readonly Lock _gate = new();
    // under _gate; the rest of a user's connections are linked to it
    private readonly Dictionary<UserId, Connection> _newest = [];

    /// <summary>Those that are open now. Some may open or end meanwhile.</summary>
    public IEnumerable<Connection> All => _byId.Select(pair => pair.Value);

    public Connection? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The user's connections on this instance, in the order in which they were opened.</summary>
    public List<Connection> Of(UserId user)
    {
        var found = new List<Connection>();
        lock (_gate)
            for (var next = _newest.GetValueOrDefault(user); next is not null; next = next.PreviousOfUser)
                found.Add(next);
        found.Reverse();
        return found;
    }

    /// <summary>Makes the connection known. When this fails, nothing of it remains.</summary>
    /// <exception cref="InvalidOperationException">It was opened before, or its id is in use.</exception>
    public void Open(Connection connection)
    {
        if (connection.Registry is not null || connection.HasEnded)
            throw new InvalidOperationException("a connection is opened once");
        if (!_byId.TryAdd(connection.Id, connection))
            throw new InvalidOperationException($"a connection {connection.Id} is open already");
        try
        {
            presence.Enter(connection.User);
        }
        catch
        {
            _byId.TryRemove(KeyValuePair.Create(connection.Id, connection));
            throw;
        }
        lock (_gate) Link_NeedsLock(connection);
        metrics.ConnectionOpened(connection.Transport);
        if (connection.Outbound is not null) metrics.ReaderOpened();
        connection.Registry = this;
    }

    /// <summary>Called once, by the connection.</summary>
    internal void Close(Connection connection)
    {
        _byId.TryRemove(KeyValuePair.Create(connection.Id, connection));
        lock (_gate) Unlink_NeedsLock(connection);
        metrics.ConnectionClosed(connection.Transport);
        if (connection.Outbound is not null) metrics.ReaderClosed();
        if (connection.ComesBack) presence.Hear(connection.User);
        presence.Exit(connection.User);
    }

    private void Link_NeedsLock(Connection connection)
    {
        if (_newest.TryGetValue(connection.User, out var before))
        {
            connection.PreviousOfUser = before;
            before.NextOfUser = connection;
        }
        _newest[connection.User] = connection;
    }

    private void Unlink_NeedsLock(Connection connection)
    {
        var (before, after) = (connection.PreviousOfUser, connection.NextOfUser);
        if (before is not null) before.NextOfUser = after;
        if (after is not null) after.PreviousOfUser = before;
        else if (before is not null) _newest[connection.User] = before;
        else _newest.Remove(connection.User);
        connection.PreviousOfUser = connection.NextOfUser = null;
    }
}
