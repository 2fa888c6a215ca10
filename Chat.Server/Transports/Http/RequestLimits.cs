using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Limits;

namespace Chat.Server.Transports.Http;

/// <summary>What requests over HTTP may ask for, counted for whom they are from: the user whom a token proves, in open
/// mode the address.</summary>
/// <remarks>A request of a hub connection that is open is counted by that connection. The room's polls are answered
/// whenever there is something new, so how many come is not the client's choice.</remarks>
internal sealed class RequestLimits(
    IIdentity identity, ServerMode mode, ClientLimits clients, ConnectionLimit connections,
    NegotiatedConnections negotiated)
{
    private const string PollPath = "/api/messages";

    /// <summary>True: clients are users, known only after their token was looked at.</summary>
    public bool AreOfUsers => mode.HasTokens;

    /// <summary>Counts a request.</summary>
    /// <returns>Null; or why it is not served.</returns>
    public ChatError? Admit(HttpContext http)
    {
        var opens = Opens(http);
        if (!opens && !IsCounted(http.Request)) return null;
        return clients.Take(ClientOf(http), LimitKind.Requests)
            ?? (opens ? connections.Check(UserOf(http), http.Connection.RemoteIpAddress) : null)
            ?? (Opening.Negotiates(http.Request) ? negotiated.Add() : null);
    }

    /// <summary>A full server does not look at who asks.</summary>
    public ChatError? CheckRoom(HttpContext http) => Opens(http) ? connections.Check() : null;

    /// <summary>Counts a message.</summary>
    /// <exception cref="ChatException">It is too much.</exception>
    public void SpendSend(HttpContext http, int bytes) => ThrowIf(clients.TakeSend(ClientOf(http), bytes));

    /// <summary>Counts a new conversation.</summary>
    /// <exception cref="ChatException">It is too much.</exception>
    public void SpendCreate(HttpContext http, int participants) =>
        ThrowIf(clients.TakeCreate(ClientOf(http), participants));

    /// <summary>Counts added participants.</summary>
    /// <exception cref="ChatException">It is too much.</exception>
    public void SpendAdds(HttpContext http, int participants) =>
        ThrowIf(clients.Take(ClientOf(http), LimitKind.Adds, participants));

    private static void ThrowIf(ChatError? tooMuch)
    {
        if (tooMuch is not null) throw new ChatException(tooMuch);
    }

    private ClientAccount? ClientOf(HttpContext http) =>
        clients.Find(UserOf(http), http.Connection.RemoteIpAddress);

    private UserKey UserOf(HttpContext http) => identity.FindProven(http)?.User ?? default;

    private static bool Opens(HttpContext http) => Opening.IsUpgrade(http) || Opening.OpensHubConnection(http.Request);

    private static bool IsCounted(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && !(HttpMethods.IsGet(request.Method) && request.Path == PollPath);
}
