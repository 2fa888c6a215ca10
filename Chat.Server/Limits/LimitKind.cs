namespace Chat.Server.Limits;

/// <summary>What is limited. Those up to <see cref="Unknown"/> are counted by each connection for itself.</summary>
internal enum LimitKind
{
    Sends,
    Joins,
    Typing,
    Reads,
    Presence,
    History,
    Lists,
    Changes,

    /// <summary>What is no command, or cannot be read as one.</summary>
    Unknown,

    /// <summary>Requests over HTTP from one address.</summary>
    Requests,

    /// <summary>Keys and tokens from one address that are nobody's.</summary>
    Attempts,

    /// <summary>Sockets, idle ones included: what open files allow.</summary>
    Sockets,

    /// <summary>Connections to this instance.</summary>
    Connections,

    /// <summary>Connections from one address.</summary>
    AddressConnections,
}
