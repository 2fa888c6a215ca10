using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs.Transports;

/// <summary>SignalR's own client with its own MessagePack protocol, as any application would set it up.</summary>
internal static class StockHub
{
    public static HubConnection Build(
        Uri server, string user, HttpTransportType transports = HttpTransportType.WebSockets, bool stateful = false)
    {
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(server, $"hubs/chat?user_id={Uri.EscapeDataString(user)}"), transports)
            .AddMessagePackProtocol();
        if (stateful) builder.WithStatefulReconnect();
        return builder.Build();
    }
}
