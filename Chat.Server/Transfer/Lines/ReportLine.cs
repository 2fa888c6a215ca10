using System.Text.Json.Serialization;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>A report to moderators.</summary>
internal sealed record ReportLine : TransferLine
{
    public const string Name = "report";

    public override string Type => Name;

    public required Tenant Tenant { get; init; }

    public required ConversationId ConversationId { get; init; }

    /// <summary>The message's place; null: the report is about the user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageId? MessageId { get; init; }

    /// <summary>Whom it is about.</summary>
    public required UserId UserId { get; init; }

    public required UserId ReporterId { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while it is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Null while it is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportOutcome? Outcome { get; init; }
}
