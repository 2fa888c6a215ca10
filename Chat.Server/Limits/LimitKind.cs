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

    /// <summary>Requests over HTTP. From here to <see cref="Adds"/> clients are counted (<see cref="ClientKey"/>),
    /// whatever connections they have.</summary>
    Requests,

    /// <summary>Messages, over all connections and requests.</summary>
    ClientSends,

    /// <summary>The bytes of these, as they come in.</summary>
    ClientBytes,

    /// <summary>New conversations.</summary>
    Creates,

    /// <summary>Users who are added to conversations, new ones too.</summary>
    Adds,

    /// <summary>Sockets, idle ones included: what open files allow.</summary>
    Sockets,

    /// <summary>Connections to this instance.</summary>
    Connections,

    /// <summary>Connections from one address.</summary>
    AddressConnections,

    /// <summary>Connections of one user.</summary>
    UserConnections,

    /// <summary>Keys and tokens that are not valid, from one address.</summary>
    Attempts,
}
