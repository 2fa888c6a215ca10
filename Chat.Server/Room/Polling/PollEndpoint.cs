using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Identity;

namespace Chat.Server.Room.Polling;

/// <summary>The room's long poll: a connection that lives for one request.</summary>
internal sealed class PollEndpoint(
    IIdentity identity, ChatService chat, RoomClients clients, RoomNews room, PollConnections connections)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (!identity.TryFromQuery(http, "client_id", out var client, out var refusal))
            throw new ChatException(refusal);
        RoomCaller.Of(client);
        var query = PollQuery.Parse(http.Request.Query);
        var session = await clients.RequireAsync(client, "client not found", http.RequestAborted);
        await chat.AuthorizeReadAsync(client, ConversationId.Lobby, http.RequestAborted);
        using var connection = connections.Open(client, session, http);
        session.BeginPoll();
        try
        {
            using var left = connection.Left.UnsafeRegister(
                static waiting => ((WaitingPoll)waiting!).End(), connection.Waiting);
            var news = await room.FindAsync(connection.Waiting, query, http.RequestAborted);
            if (http.RequestAborted.IsCancellationRequested) return;
            // A client that left gets the empty answer of an expired poll.
            if (connection.Left.IsCancellationRequested) news = news with { First = null };
            await PollAnswer.WriteAsync(http, news.Feed, news.First, news.To);
            if (news.First is { } first) connections.Delivered((int)(news.To - first.From + 1));
        }
        finally
        {
            session.EndPoll();
        }
    }
}
