namespace Chat.Server.Identity.Tokens;

/// <summary>Bound to <c>Chat:Identity:Issuers:&lt;name&gt;</c>: what this server makes of an issuer's tokens.</summary>
internal sealed class IssuerSettings
{
    /// <summary>Whose users its tokens are for: a tenant, or <c>*</c> where <see cref="IdentityOptions.TenantClaim"/>
    /// says it. Default <c>default</c>.</summary>
    public string Tenant { get; set; } = Callers.Tenant.DefaultName;
}
