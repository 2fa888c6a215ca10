namespace Chat.ClientSdk;

/// <summary>The ways in which a client may reach the hub.</summary>
[Flags]
public enum ChatTransports
{
    /// <summary>None: no connection is possible.</summary>
    None = 0,

    /// <summary>One WebSocket: the fastest, and the only one that stateful reconnect works on.</summary>
    WebSockets = 1,

    /// <summary>HTTP requests that wait: for networks that let no WebSocket through.</summary>
    LongPolling = 2,

    /// <summary>One answer that never ends brings what comes, a request each takes what goes. Not in a browser. A proxy
    /// that collects answers before it passes them on makes it useless: leave it out there.</summary>
    ServerSentEvents = 4,

    /// <summary>Whichever works, in the order in which the server offers them.</summary>
    All = WebSockets | LongPolling | ServerSentEvents,
}
