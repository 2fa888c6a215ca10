using System.Text.Json.Serialization;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>What is known of a tenant.</summary>
internal sealed record TenantLine : TransferLine
{
    public const string Name = "tenant";

    public override string Type => Name;

    public required Tenant Tenant { get; init; }

    /// <summary>Since when nobody of it is served.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? SuspendedAt { get; init; }

    public required string Reason { get; init; }
}
