using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Persistence.Rows;

/// <summary>What is known of a user. There need not be one: every caller is a user.</summary>
internal sealed class UserRow
{
    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>What others are shown in place of the id; never compared. Null: nobody has given one.</summary>
    public string? Name { get; set; }

    /// <summary>When the user was last online; null: never.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Since when the user may not call any more; null: the user may.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }
}
