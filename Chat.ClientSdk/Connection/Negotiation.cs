using Microsoft.AspNetCore.Http.Connections;

namespace Chat.ClientSdk.Connection;

/// <summary>What a server answered: where to connect, under which names, and in which ways.</summary>
/// <param name="Hub">The hub's address after all redirects.</param>
/// <param name="ConnectionId">The name of the connection that others may know.</param>
/// <param name="Connect">Where the transports connect to. It contains the connection's secret token.</param>
/// <param name="Offers">The transports, the server's favourite first.</param>
/// <param name="Stateful">The server agrees to stateful reconnect.</param>
internal sealed record Negotiation(Uri Hub, string ConnectionId, Uri Connect, IReadOnlyList<AvailableTransport> Offers, bool Stateful)
{
    private const int MaxRedirects = 10;

    /// <summary>Asks a server, and whichever server it names instead.</summary>
    public static async Task<Negotiation> AskAsync(HttpClient http, Uri hub, AccessToken token, bool stateful, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            var answer = await PostAsync(http, HubUrl.Negotiate(hub, stateful), ct).ConfigureAwait(false);
            if (answer.Url is null) return Read(hub, answer);
            hub = Follow(hub, answer.Url);
            if (answer.AccessToken is { } other) token.Replace(other);
        }
        throw new InvalidOperationException($"The server redirected the negotiation more than {MaxRedirects} times.");
    }

    private static async Task<NegotiationResponse> PostAsync(HttpClient http, Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        using var response = await http.SendAsync(request, ct).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var answer = NegotiateProtocol.ParseResponse(await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false));
        if (!string.IsNullOrEmpty(answer.Error)) throw new InvalidOperationException($"The server refused the negotiation: {answer.Error}");
        return answer;
    }

    private static Negotiation Read(Uri hub, NegotiationResponse answer)
    {
        var id = answer.ConnectionId;
        if (string.IsNullOrWhiteSpace(id)) throw new InvalidOperationException("The server's answer to the negotiation has no connection id.");
        // Servers before version 1 have no token of their own for connecting.
        var connect = HubUrl.WithQuery(hub, "id", answer.ConnectionToken ?? id);
        return new Negotiation(hub, id, connect, [.. answer.AvailableTransports ?? []], answer.UseStatefulReconnect);
    }

    private static Uri Follow(Uri from, string to)
    {
        var url = new Uri(from, to);
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != from.Scheme)
            throw new InvalidOperationException("The server redirected the negotiation to an address that is not https.");
        return url;
    }
}
