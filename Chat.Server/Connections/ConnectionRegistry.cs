using System.Collections.Concurrent;
using System.Net;
using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Limits;
using Chat.Server.Observability;
using Chat.Server.Presence;

namespace Chat.Server.Connections;

/// <summary>All open connections of this instance, of every transport. The only owner of that list.</summary>
/// <remarks>A connection that is open is counted, makes its user present, is asked to go by the drain, is watched for
/// being slow, and is bounded in what is held for it. All of it ends with <see cref="Connection.Dispose"/>.</remarks>
internal sealed class ConnectionRegistry(
    LocalPresence presence, ConnectionLimits limits, ConnectionMemory memory, Admission admission, ChatMetrics metrics)
{
    private readonly ConcurrentDictionary<string, Connection> _byId = new();
    private readonly Lock _gate = new();
    private int _expiring;
    // under _gate; the rest of a user's connections are linked to it
    private readonly Dictionary<UserKey, Connection> _newest = [];

    /// <summary>Room for what they are answered.</summary>
    public Answers Answers => memory.Answers;

    /// <summary>The open connections. Some may open or end meanwhile.</summary>
    public IEnumerable<Connection> All => _byId.Select(pair => pair.Value);

    /// <summary>Decides how often a connection may do what.</summary>
    public CallLimits Calls => limits.Calls;

    /// <summary>Whom this instance must not serve any more.</summary>
    public Admission Admission => admission;

    /// <summary>True while there are connections that end with a token.</summary>
    public bool AnyExpires => Volatile.Read(ref _expiring) > 0;

    public Connection? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The user's connections on this instance, in the order in which they were opened.</summary>
    public List<Connection> Of(UserKey user)
    {
        var found = new List<Connection>();
        lock (_gate)
            for (var next = _newest.GetValueOrDefault(user); next is not null; next = next.PreviousOfUser)
                found.Add(next);
        found.Reverse();
        return found;
    }

    /// <summary>Registers the connection. When this fails, nothing of it remains.</summary>
    /// <param name="connection">Any transport's.</param>
    /// <param name="from">The address of the client; null where there is none.</param>
    /// <exception cref="ChatException">There are as many as there may be, or its token is revoked.</exception>
    /// <exception cref="InvalidOperationException">It was opened before, or its id is in use.</exception>
    public void Open(Connection connection, IPAddress? from = null)
    {
        if (connection.Registry is not null || connection.HasEnded)
            throw new InvalidOperationException("a connection is opened once");
        if (limits.Count.Enter(connection.User, from, out var client) is { } tooMany) throw new ChatException(tooMany);
        var isNew = false;
        try
        {
            isNew = _byId.TryAdd(connection.Id, connection);
            if (!isNew) throw new InvalidOperationException($"a connection {connection.Id} is open already");
            presence.Enter(connection.User);
        }
        catch
        {
            if (isNew) _byId.TryRemove(KeyValuePair.Create(connection.Id, connection));
            limits.Count.Leave(client);
            throw;
        }
        connection.Client = client;
        lock (_gate) Link_NeedsLock(connection);
        if (connection.Caller.ExpiresAt is not null) Interlocked.Increment(ref _expiring);
        metrics.ConnectionOpened(connection.Transport);
        if (connection.Outbound is not null) metrics.ReaderOpened();
        if (connection.Outbound is not null)
            connection.Inbound = new UnfinishedMessageOfConnection(memory.Unfinished, connection);
        connection.Registry = this;
        // Behind the registration: a revocation that becomes known now finds the connection, or is found here.
        if (admission.Revoked.Find(connection.Caller) is not { } refusal) return;
        connection.Dispose();
        throw new ChatException(refusal);
    }

    /// <summary>Called once, by the connection.</summary>
    internal void Close(Connection connection)
    {
        _byId.TryRemove(KeyValuePair.Create(connection.Id, connection));
        limits.Count.Leave(connection.Client);
        lock (_gate) Unlink_NeedsLock(connection);
        if (connection.Caller.ExpiresAt is not null) Interlocked.Decrement(ref _expiring);
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
