using Microsoft.AspNetCore.Connections.Abstractions;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

internal static class StatefulReconnect
{
    /// <summary>Whether the connection negotiated stateful reconnect.</summary>
#pragma warning disable CA2252 // the feature is marked preview; it is the only way to learn this
    public static bool IsUsedBy(HubConnectionContext connection) =>
        connection.Features.Get<IStatefulReconnectFeature>() is not null;
#pragma warning restore CA2252
}
