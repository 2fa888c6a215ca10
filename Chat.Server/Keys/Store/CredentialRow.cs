namespace Chat.Server.Keys.Store;

/// <summary>What keys and tokens have in common.</summary>
internal abstract class CredentialRow
{
    /// <summary>Its name, which is in it and no secret.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of all of it.</summary>
    public required byte[] Digest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it, as the audit says it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From when on it is refused; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when it is refused; null: it is not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
