namespace Chat.Server;

/// <summary>Parts of the chat that an application may map.</summary>
[Flags]
public enum ChatParts
{
    /// <summary>The SignalR hub, at <c>/hubs/chat</c>.</summary>
    Hub = 1,

    /// <summary>Raw WebSockets, at <c>/api/v1/chat/ws</c>.</summary>
    RawSockets = 2,

    /// <summary>REST for users and back ends, below <c>/api/v1</c>.</summary>
    Rest = 4,

    /// <summary>The web app at the prefix itself, and the JavaScript client at <c>/sdk</c>. Anybody may load
    /// them.</summary>
    WebApp = 8,

    /// <summary>What an application usually maps.</summary>
    Default = Hub | RawSockets | Rest | WebApp,

    /// <summary>The REST room, which has no users but names: <c>/api/join</c>, <c>/api/messages</c>.</summary>
    Room = 16,

    /// <summary>What is for operators: the background queue at <c>/tasks</c>, the admin API below <c>/api/v1/admin</c>,
    /// and <c>/metrics</c>. The operators' key (<c>Chat:Operators:Key</c>) opens them, besides whatever the application
    /// demands.</summary>
    Operators = 32,

    /// <summary>All of them.</summary>
    All = Default | Room | Operators,
}
