namespace Chat.Server.Observability;

/// <summary>How a connection came in: the values of the tag <c>transport</c>.</summary>
internal enum ChatTransport
{
    SignalR,
    WebSocket,
    LongPoll,
}
