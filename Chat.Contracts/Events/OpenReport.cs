using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A report that nobody has closed yet, as moderators are shown it.</summary>
public sealed record OpenReport
{
    /// <summary>Names it. Newer reports have larger ids.</summary>
    public required long Id { get; init; }

    /// <summary>Where.</summary>
    public required ConversationId ConversationId { get; init; }

    /// <summary>Whom it is about.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The message that it is about; null: it is about the user.</summary>
    public long? Sequence { get; init; }

    /// <summary>That message as it is now, or its beginning; null: it is about the user, or the message is there no
    /// more.</summary>
    public ConversationEntry? Entry { get; init; }

    /// <summary>True when the message has more than is shown.</summary>
    public bool IsEntryCut { get; init; }

    /// <summary>Why it was reported.</summary>
    public required string Reason { get; init; }

    /// <summary>Who reported it.</summary>
    public required UserId ReporterId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
