using Microsoft.AspNetCore.Connections.Abstractions;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

internal static class StatefulReconnect
{
    /// <summary>Bytes that may be on the way to a client that has not acknowledged them: 1 MiB. Clients acknowledge
    /// once a second, so it is also what a connection carries a second. SignalR's own 100,000 would be 100 KB/s.
    /// </summary>
    public const int BufferBytes = 1024 * 1024;

    /// <summary>Whether the connection negotiated stateful reconnect.</summary>
#pragma warning disable CA2252 // the feature is marked preview; it is the only way to learn this
    public static bool IsUsedBy(HubConnectionContext connection) =>
        connection.Features.Get<IStatefulReconnectFeature>() is not null;
#pragma warning restore CA2252
}
