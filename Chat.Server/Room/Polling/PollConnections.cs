using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Observability;

namespace Chat.Server.Room.Polling;

/// <summary>Opens polls, and counts the entries in their answers.</summary>
internal sealed class PollConnections(ConnectionRegistry connections, ChatMetrics metrics, TimeProvider time)
{
    /// <summary>The poll is open until it is disposed.</summary>
    /// <param name="caller">Who polls, with the token of this request.</param>
    /// <param name="session">What is known of the client.</param>
    /// <param name="http">The request.</param>
    public PollConnection Open(Caller caller, RoomSession session, HttpContext http)
    {
        var poll = new PollConnection(caller, session, http, time);
        connections.Open(poll, http.Connection.RemoteIpAddress);
        return poll;
    }

    /// <summary>Adds the number of entries in an answer.</summary>
    public void Delivered(int entries) => metrics.Delivered(entries);
}
