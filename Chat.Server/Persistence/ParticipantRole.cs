namespace Chat.Server.Persistence;

/// <summary>What a participant may do. The numbers are stored.</summary>
internal enum ParticipantRole
{
    Member = 0,

    /// <summary>Made the conversation: may also remove others.</summary>
    Owner = 1,

    /// <summary>Is listed, but may neither read nor write; to this user the conversation looks as if it did not
    /// exist.</summary>
    Blocked = 2,
}
