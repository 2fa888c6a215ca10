namespace Chat.Server.FanOut.Backplane;

/// <summary>The first byte of every message. Numbers are never reused, because instances of two versions may run at
/// once.</summary>
internal enum MessageKind : byte
{
    /// <summary>Committed entries of one conversation.</summary>
    Entries = 1,

    /// <summary>A typist or a read position, of one conversation.</summary>
    Signal = 2,

    /// <summary>Who is connected to the sending instance.</summary>
    Presence = 3,

    /// <summary>Whose access to a conversation changed.</summary>
    Access = 4,

    /// <summary>A client left the REST room.</summary>
    Room = 5,

    /// <summary>Which conversations changed as users list them.</summary>
    Lists = 6,

    /// <summary>Users who have another name.</summary>
    Users = 7,

    /// <summary>There is a revocation to read.</summary>
    Revocations = 8,

    /// <summary>Users between whom a block has come or gone.</summary>
    Blocks = 12,

    /// <summary>Where the open reports have changed.</summary>
    Reports = 13,

    /// <summary>Reactions that users have set, for their other connections.</summary>
    Reactions = 14,

    /// <summary>Something was committed that observers wait for.</summary>
    Observers = 20,

    /// <summary>What code of the server sends to users' hub connections.</summary>
    UserPushes = 24,

    /// <summary>The sender may have missed messages: what is kept for that is to be sent again.</summary>
    Missed = 25,
}
