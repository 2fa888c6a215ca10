using System.Collections.Concurrent;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Hosting.Drain;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>The raw sockets of this instance: so that all can be closed at shutdown, and so that a user has one where the deployment wants that.</summary>
internal sealed class RawSessions(IOptions<RawSocketOptions> options) : IDrainSource
{
    private readonly ConcurrentDictionary<RawSocketConnection, byte> _all = new();
    private readonly ConcurrentDictionary<UserId, RawSocketConnection> _newest = new();

    public IEnumerable<IDrainable> Connections => _all.Keys;

    public async Task AddAsync(UserId user, RawSocketConnection connection)
    {
        _all.TryAdd(connection, 0);
        if (!options.Value.SingleSessionPerUser) return;
        RawSocketConnection? older = null;
        _newest.AddOrUpdate(user, connection, (_, replaced) =>
        {
            older = replaced;
            return connection;
        });
        if (older is not null) await older.TryCloseAsync(CloseReason.SessionReplaced, "session replaced");
    }

    public void Remove(UserId user, RawSocketConnection connection)
    {
        _all.TryRemove(connection, out _);
        _newest.TryRemove(KeyValuePair.Create(user, connection));
    }
}
