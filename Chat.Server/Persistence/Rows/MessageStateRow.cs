using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Rows;

/// <summary>What has become of a message. A message without a row is as it was sent.</summary>
internal sealed class MessageStateRow
{
    public required ConversationId ConversationId { get; init; }

    /// <summary>The message's.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sequence of its newest edit or deletion, else its own: that row has its text.</summary>
    public required long Version { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The sequence of the entry that pinned it; null: it is not pinned.</summary>
    public long? PinSequence { get; set; }

    /// <summary>The sequence of the entry that told its reactions last; null: none did.</summary>
    public long? ReactionsSequence { get; set; }

    /// <summary>When its reactions were told last.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>Since when its reactions differ from what was told; null: they do not. Of a message without content:
    /// some of its reactions are left, and nothing is told of them.</summary>
    public DateTimeOffset? UntoldSince { get; set; }
}
