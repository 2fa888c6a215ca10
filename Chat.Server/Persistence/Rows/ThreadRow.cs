using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>A thread: a message that has replies, or had.</summary>
internal sealed class ThreadRow
{
    public required ConversationId ConversationId { get; init; }

    /// <summary>The sequence of its first message.</summary>
    public required long Thread { get; init; }

    /// <summary>Without those that were deleted.</summary>
    public required long Replies { get; set; }

    /// <summary>The sequence of the newest reply.</summary>
    public required long LastSequence { get; set; }
}
