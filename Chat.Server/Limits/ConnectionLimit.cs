using System.Net;
using Chat.Contracts.Errors;
using Chat.Server.Callers;

namespace Chat.Server.Limits;

/// <summary>How many connections may be open: in all, so that files are left for the rest, and of one client
/// (<see cref="ClientKey"/>).</summary>
internal sealed class ConnectionLimit
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly ConnectionRoom _room;
    private readonly ClientAccounts _clients;
    private readonly LimitMetrics _metrics;
    private readonly int _mostOfClient;
    private readonly bool _isOff;
    private int _open;

    public ConnectionLimit(LimitsOptions options, ConnectionRoom room, ClientAccounts clients, LimitMetrics metrics)
    {
        (_room, _clients, _metrics, _isOff) = (room, clients, metrics, options.Factor == 0);
        _mostOfClient = clients.AreAddresses ? options.ConnectionsPerAddress : options.ConnectionsPerUser;
    }

    /// <summary>Looks whether this server has room for another one; nothing is taken.</summary>
    /// <returns>Null, or the refusal.</returns>
    public ChatError? Check() =>
        Volatile.Read(ref _open) >= _room.Connections ? Refuse(LimitKind.Connections) : null;

    /// <summary>The same, and whether the user at this address may open another one.</summary>
    public ChatError? Check(UserKey user, IPAddress? from) =>
        Check() ?? (KeyOf(user, from) is { } key && _clients.ConnectionsOf(key) >= _mostOfClient
            ? Refuse(OfClient)
            : null);

    /// <summary>Takes a place.</summary>
    /// <param name="user">Whose connection it is.</param>
    /// <param name="from">Where it comes from.</param>
    /// <param name="client">Whom it is counted for, to be given to <see cref="Leave"/> at its end.</param>
    /// <returns>Null; or the refusal, and then none was taken.</returns>
    public ChatError? Enter(UserKey user, IPAddress? from, out ClientAccount? client)
    {
        client = null;
        if (Interlocked.Increment(ref _open) > _room.Connections)
        {
            Interlocked.Decrement(ref _open);
            return Refuse(LimitKind.Connections);
        }
        if (KeyOf(user, from) is not { } key) return null;
        client = _clients.TryEnter(key, _mostOfClient);
        if (client is not null) return null;
        Interlocked.Decrement(ref _open);
        return Refuse(OfClient);
    }

    public void Leave(ClientAccount? client)
    {
        client?.Leave();
        Interlocked.Decrement(ref _open);
    }

    private LimitKind OfClient => _clients.AreAddresses ? LimitKind.AddressConnections : LimitKind.UserConnections;

    private ClientKey? KeyOf(UserKey user, IPAddress? from) => _isOff ? null : _clients.KeyOf(user, from);

    private ChatError Refuse(LimitKind full)
    {
        _metrics.Refused(full);
        var words = full switch
        {
            LimitKind.Connections => $"this server has {_room.Connections} connections, as many as it may have",
            LimitKind.UserConnections => $"this user has {_mostOfClient} connections, as many as one may have",
            _ => $"this address has {_mostOfClient} connections, as many as one may have",
        };
        return ChatError.WithRetry(ChatErrorCode.TooManyConnections, words, Retry);
    }
}
