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

    /// <summary>True where a back end calls with its key, for this user or as the application.</summary>
    public bool IsByKey { get; init; }

    /// <summary>True where a back end calls as the application: the user is named by it, and need not be a
    /// participant.</summary>
    public bool IsApplication { get; init; }

    /// <summary>True for one who does not say who it is.</summary>
    public bool IsNobody => User.Id == default;

    public static Caller Nobody(Tenant tenant) => new(new UserKey(tenant, default));
}
