using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Revocations.Store;

/// <summary>Tokens of a user that are refused: for each user and session the newest.</summary>
internal sealed class RevocationRow
{
    /// <summary>Microseconds since 1970, or one more than the highest: so it rises, also behind a restore.</summary>
    public required long Number { get; init; }

    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    public string? Session { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public Revocation ToRevocation() => new(Number, new UserKey(Tenant, UserId), Session, NotBefore, Expires);
}
