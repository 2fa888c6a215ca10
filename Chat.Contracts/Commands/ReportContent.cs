using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Commands;

/// <summary>What a user reports to the moderators of a conversation: one of its messages, or one of its
/// users.</summary>
public sealed record ReportContent
{
    /// <summary>The message; null: the report is about a user.</summary>
    public long? Sequence { get; init; }

    /// <summary>The user, somebody else; null: the report is about a message, and so about its sender.</summary>
    public UserId? UserId { get; init; }

    /// <summary>Why, at most 255 characters.</summary>
    public required string Reason { get; init; }
}
