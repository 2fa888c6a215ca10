using Chat.Server.Callers;

namespace Chat.Server.Identity.Tokens;

/// <summary>Whose users the issuers' tokens are for, as the settings say.</summary>
internal sealed class IssuerTenants(IdentityOptions options)
{
    private const string Section = $"{IdentityOptions.Section}:Issuers";

    public IssuerTenant Of(string scheme) =>
        Find(scheme) is not { } name ? new IssuerTenant(Tenant.Default)
        : Tenant.TryCreate(name, out var tenant) ? new IssuerTenant(tenant)
        : new IssuerTenant(Fixed: null);

    /// <summary>What is wrong with them.</summary>
    /// <param name="schemes">The issuers that there are.</param>
    public IEnumerable<string> FindProblems(IReadOnlyCollection<string> schemes)
    {
        foreach (var (name, issuer) in options.Issuers)
        {
            if (!schemes.Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return $"{Section}:{name} is of no issuer: there is none of that name under "
                    + Configuration.SettingName.Schemes;
            if (issuer.Tenant == IssuerTenant.Any)
            {
                if (options.TenantClaim.Length == 0)
                    yield return $"{Section}:{name}:Tenant is *, so {IdentityOptions.Section}:TenantClaim must be set";
            }
            else if (!Tenant.TryCreate(issuer.Tenant, out _))
                yield return $"{Section}:{name}:Tenant must be * or {Tenant.Rule}";
        }
    }

    private string? Find(string scheme) =>
        options.Issuers.FirstOrDefault(one => one.Key.Equals(scheme, StringComparison.OrdinalIgnoreCase)).Value?.Tenant;
}
