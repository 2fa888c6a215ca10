using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>Finds the reader that belongs to a hub connection.</summary>
internal static class HubReaders
{
    private static readonly object Key = new();

    public static void Attach(HubConnectionContext connection, HubReader reader) => connection.Items[Key] = reader;

    public static HubReader Of(HubCallerContext caller) => (HubReader)caller.Items[Key]!;

    public static HubReader? Of(HubConnectionContext connection) => connection.Items.TryGetValue(Key, out var reader) ? (HubReader?)reader : null;
}
