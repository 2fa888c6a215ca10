using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>What is known of a user.</summary>
internal sealed record UserLine : TransferLine
{
    public const string Name = "user";

    public override string Type => Name;

    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>What others are shown.</summary>
    [JsonPropertyName("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DisplayName { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Since when the user may not call any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeactivatedAt { get; init; }
}
