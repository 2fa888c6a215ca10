namespace Chat.Server.Transports.WebSockets;

/// <summary>What a client's frame asks for.</summary>
internal enum RawCommandType
{
    /// <summary>The frame has no type.</summary>
    None,
    Join,
    Leave,
    Message,
    Typing,
    Read,
    Unread,
    Presence,
    Conversations,
    Users,
    Refresh,
    Block,
    Unblock,
    Blocks,
    Threads,
    Follow,
    Unfollow,
    Mentions,
    Report,
    Reports,
    CloseReport,
    Participants,
    Add,
    Remove,
    SetRole,
    ChangeConversation,
    Pin,
    Unpin,
    Pins,
    Edit,
    Delete,
    History,
    MessageAt,
    Versions,
    React,
    Reactions,

    /// <summary>Unknown type.</summary>
    Unknown,
}
