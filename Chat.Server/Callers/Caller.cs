using System.Net;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Callers;

/// <summary>Who calls, as <c>Identity</c> has found it out. Every transport has one before it does anything.</summary>
/// <param name="User">Which user; without id: nobody in particular, as open mode allows over REST.</param>
internal sealed record Caller(UserKey User)
{
    public UserId Id => User.Id;

    public Tenant Tenant => User.Tenant;

    /// <summary>What the token calls the user; null: nothing, and always in open mode.</summary>
    public string? Name { get; init; }

    /// <summary>When the token expires, and with it the connections that it opened; null in open mode: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the token was issued; null: there is none.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The sign-in that the token came from (<c>sid</c>), of which a user may have several; null: it does not
    /// say.</summary>
    public string? Session { get; init; }

    /// <summary>What the user is to the whole tenant.</summary>
    public CallerRoles Roles { get; init; } = CallerRoles.User;

    /// <summary>The id of a token that this server issued; null: an issuer did, or there is no token.</summary>
    public string? TokenId { get; init; }

    /// <summary>The key with which a back end calls, for this user or as the application, as the audit names it; null:
    /// the user calls.</summary>
    public string? Key { get; init; }

    /// <summary>True where a back end calls with its key.</summary>
    public bool IsByKey => Key is not null;

    /// <summary>True where a back end calls as the application: the user is named by it, and need not be a
    /// participant.</summary>
    public bool IsApplication { get; init; }

    /// <summary>True for one who does not say who it is.</summary>
    public bool IsNobody => User.Id == default;

    /// <summary>True for one who can be revoked, deactivated or suspended: not in open mode.</summary>
    public bool MayBeRefused => IssuedAt is not null || IsByKey;

    /// <summary>The address that the request came from; null: unknown.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Who it is for the audit: <c>user:ann</c>, <c>key:</c> and its id, or both.</summary>
    public string Actor => IsApplication || IsNobody ? Key ?? "unknown"
        : IsByKey ? $"{Key} user:{Id}"
        : $"user:{Id}";

    public static Caller Nobody(Tenant tenant) => new(new UserKey(tenant, default));
}
