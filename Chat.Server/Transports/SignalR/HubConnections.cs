using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>Finds our side of a hub connection.</summary>
internal static class HubConnections
{
    private static readonly object Key = new();

    public static void Attach(HubConnectionContext context, HubConnection connection) =>
        context.Items[Key] = connection;

    public static HubConnection Of(HubCallerContext caller) => (HubConnection)caller.Items[Key]!;

    /// <summary>Null for one that never became a connection of ours.</summary>
    public static HubConnection? Of(HubConnectionContext context) =>
        context.Items.TryGetValue(Key, out var connection) ? (HubConnection?)connection : null;
}
