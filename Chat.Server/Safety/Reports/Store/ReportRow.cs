using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Safety.Reports.Store;

/// <summary>A report as it is stored. It names a message and never copies it: what is erased is erased here
/// too.</summary>
internal sealed class ReportRow
{
    public long Number { get; init; }

    public required Tenant Tenant { get; init; }

    public required ConversationId ConversationId { get; init; }

    /// <summary>The message's place; null: the report is about the user.</summary>
    public required long? Sequence { get; init; }

    /// <summary>The message's id: when an older log was restored, another entry may have its place.</summary>
    public required MessageId? MessageId { get; init; }

    /// <summary>Whom it is about.</summary>
    public required UserId UserId { get; init; }

    public required UserId ReporterId { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is closed; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>What came of it; null: it is open.</summary>
    public ReportOutcome? Outcome { get; set; }
}
