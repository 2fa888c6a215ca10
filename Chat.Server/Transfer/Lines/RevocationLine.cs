using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Transfer.Lines;

/// <summary>Tokens that are refused before they expire.</summary>
internal sealed record RevocationLine : TransferLine
{
    public const string Name = "revocation";

    public override string Type => Name;

    public required Tenant Tenant { get; init; }

    /// <summary>Whose; null: everybody's of the tenant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserId? UserId { get; init; }

    /// <summary>Of one session; null: of all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Session { get; init; }

    /// <summary>Those that were issued before; null: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NotBefore { get; init; }

    public required string Reason { get; init; }

    /// <summary>When it says nothing any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Expires { get; init; }
}
