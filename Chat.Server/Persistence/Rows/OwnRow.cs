namespace Chat.Server.Persistence.Rows;

/// <summary>A conversation as one user has it. Without values: as one who has read nothing.</summary>
internal sealed class OwnRow
{
    public required ConversationRow Conversation { get; init; }

    public long LastRead { get; init; }

    public long? UnreadFrom { get; init; }

    public bool IsMuted { get; init; }
}
