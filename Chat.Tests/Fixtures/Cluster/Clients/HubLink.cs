using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Cluster.Clients;

internal static class HubLink
{
    /// <summary>A connection that does not wait for servers which are gone, and does not reconnect by itself: the next
    /// one goes elsewhere.</summary>
    public static ChatHubConnection Prepare(Uri instance, string user) => new(ChatClientOptions.ForServer(instance) with
    {
        UserId = UserId.Parse(user),
        Transports = ChatTransports.WebSockets,
        SkipNegotiation = true,
        Reconnect = null,
        ConnectTimeout = ClientContext.Patience,
        CloseTimeout = TimeSpan.FromMilliseconds(100),
    });
}
