using Chat.Server.Callers;

namespace Chat.Server.Persistence.Rows;

/// <summary>What is known of a tenant. There need not be one: a tenant is there with its first user.</summary>
internal sealed class TenantRow
{
    public const int ReasonLength = 255;

    public required Tenant Name { get; init; }

    /// <summary>Since when nobody of it is served; null: it is.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>Why, for people; empty: it is served.</summary>
    public required string Reason { get; set; }
}
