using Chat.Server.Callers;

namespace Chat.Server.Identity.Tokens;

/// <summary>Whose users an issuer's tokens are for.</summary>
/// <param name="Fixed">This tenant's; null: the claim says it, and it must be there.</param>
internal readonly record struct IssuerTenant(Tenant? Fixed)
{
    /// <summary>In the configuration: the claim says it.</summary>
    public const string Any = "*";

    /// <summary>The tenant of a token.</summary>
    /// <param name="claim">What the claim says; null: nothing.</param>
    /// <param name="name">The claim's name; null: none is read.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <returns>Null, or why the token is refused, after "it".</returns>
    public string? FindProblem(string? claim, string? name, out Tenant tenant)
    {
        tenant = Fixed ?? default;
        if (claim is null) return Fixed is null ? $"names no tenant ({name})" : null;
        if (!Tenant.TryCreate(claim, out var said)) return $"names a tenant ({name}) that is none";
        if (Fixed is { } own && said != own) return $"names another tenant ({name}) than the issuer's";
        tenant = said;
        return null;
    }
}
