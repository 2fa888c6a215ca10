namespace Chat.Server.Connections;

/// <summary>How a connection ended when the server ended it.</summary>
internal enum Departure
{
    /// <summary>The client left when asked.</summary>
    Left,

    /// <summary>The server sent a close message, and the client answered.</summary>
    Closed,

    /// <summary>The connection was cut.</summary>
    Cut,
}
