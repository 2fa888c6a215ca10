using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Keys.Store;

/// <summary>A token that a back end, or the command line, gave a user.</summary>
internal sealed class UserTokenRow : CredentialRow
{
    public const int SessionLength = 100;

    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>What others are shown; null: nothing is said of it.</summary>
    public required string? Name { get; init; }

    public required CallerRoles Roles { get; init; }

    /// <summary>What it is revoked by together with others; unless one was given, its own id.</summary>
    public required string Session { get; init; }

    public Caller Caller => new(new UserKey(Tenant, UserId))
    {
        Name = Name, Roles = Roles, Session = Session, TokenId = Id, IssuedAt = CreatedAt, ExpiresAt = ExpiresAt,
    };
}
