namespace Chat.Server.Connections;

/// <summary>How a connection ended when the server wanted it to.</summary>
internal enum Departure
{
    /// <summary>The client went when it was asked to.</summary>
    Left,

    /// <summary>The server said that it closes, and the client answered.</summary>
    Closed,

    /// <summary>The connection was taken from under the client.</summary>
    Cut,
}
