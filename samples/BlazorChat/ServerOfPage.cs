using System.Web;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace BlazorChat;

/// <summary>Which server the page talks to: that of its address, <c>?server=http://localhost:8080</c>, or the one it
/// came from.</summary>
internal static class ServerOfPage
{
    public static ChatClientOptions Options(Uri page, UserId user)
    {
        var query = HttpUtility.ParseQueryString(page.Query);
        var home = new Uri(page.GetLeftPart(UriPartial.Authority));
        var server = query["server"] is { Length: > 0 } address ? new Uri(address) : home;
        var options = ChatClientOptions.ForServer(server) with { UserId = user };
        if (Enum.TryParse<ChatTransports>(query["transports"], out var transports))
            options = options with { Transports = transports };
        // A page may open a WebSocket to any server; other requests stay at home.
        return server.Authority == home.Authority
            ? options
            : options with { Transports = ChatTransports.WebSockets, SkipNegotiation = true };
    }
}
