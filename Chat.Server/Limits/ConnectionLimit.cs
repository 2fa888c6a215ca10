using System.Net;
using Chat.Contracts.Errors;

namespace Chat.Server.Limits;

/// <summary>How many connections may be open: in all, so that files are left for the rest, and from one
/// address.</summary>
internal sealed class ConnectionLimit(
    LimitsOptions options, ConnectionRoom room, CountedAddresses addresses, LimitMetrics metrics)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<AddressKey, int> _byAddress = []; // under _gate; as large as connections are many
    private readonly int _mostOfAddress = options.Factor == 0 ? int.MaxValue : options.ConnectionsPerAddress;
    private int _open; // under _gate

    /// <summary>Looks whether another one may be opened; nothing is taken.</summary>
    /// <returns>Null, or the refusal.</returns>
    public ChatError? Check(IPAddress? from)
    {
        var key = addresses.KeyOf(from);
        lock (_gate) return Check_NeedsLock(key) is { } full ? Refuse(full) : null;
    }

    /// <summary>Takes a place.</summary>
    /// <param name="from">Where the connection comes from.</param>
    /// <param name="place">What is given to <see cref="Leave"/> at its end.</param>
    /// <returns>Null; or the refusal, and then none was taken.</returns>
    public ChatError? Enter(IPAddress? from, out AddressKey? place)
    {
        place = addresses.KeyOf(from);
        lock (_gate)
        {
            if (Check_NeedsLock(place) is { } full) return Refuse(full);
            _open++;
            if (place is { } key) _byAddress[key] = _byAddress.GetValueOrDefault(key) + 1;
        }
        return null;
    }

    public void Leave(AddressKey? place)
    {
        lock (_gate)
        {
            _open--;
            if (place is not { } key) return;
            var left = _byAddress[key] - 1;
            if (left > 0) _byAddress[key] = left;
            else _byAddress.Remove(key);
        }
    }

    private LimitKind? Check_NeedsLock(AddressKey? place) =>
        _open >= room.Connections ? LimitKind.Connections
        : place is { } key && _byAddress.GetValueOrDefault(key) >= _mostOfAddress ? LimitKind.AddressConnections
        : null;

    private ChatError Refuse(LimitKind full)
    {
        metrics.Refused(full);
        return ChatError.WithRetry(ChatErrorCode.TooManyConnections, full == LimitKind.Connections
            ? $"this server has {room.Connections} connections, as many as it may have"
            : $"this address has {_mostOfAddress} connections, as many as one may have", Retry);
    }
}
