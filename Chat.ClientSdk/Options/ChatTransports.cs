namespace Chat.ClientSdk;

/// <summary>The transports by which a client may reach the hub.</summary>
[Flags]
public enum ChatTransports
{
    /// <summary>None: no connection is possible.</summary>
    None = 0,

    /// <summary>One WebSocket: the fastest, and the only one that stateful reconnect works on.</summary>
    WebSockets = 1,

    /// <summary>HTTP requests that wait, for networks that block WebSockets.</summary>
    LongPolling = 2,

    /// <summary>One endless response for what the server sends, one request for each message of the client. Not in a
    /// browser. It does not work behind a proxy that buffers responses: leave it out there.</summary>
    ServerSentEvents = 4,

    /// <summary>Any that works, in the order in which the server offers them.</summary>
    All = WebSockets | LongPolling | ServerSentEvents,
}
