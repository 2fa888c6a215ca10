using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>One issuer of tokens: a scheme of <c>Authentication:Schemes</c> as it was resolved at the start.</summary>
/// <param name="Scheme">Its name there.</param>
/// <param name="Options">How its tokens are checked.</param>
/// <param name="Tenant">Whose users they are for.</param>
internal sealed record Issuer(string Scheme, JwtBearerOptions Options, IssuerTenant Tenant)
{
    public IEnumerable<string> Names => Both(Checks.ValidIssuer, Checks.ValidIssuers);

    public IEnumerable<string> Audiences => Both(Checks.ValidAudience, Checks.ValidAudiences);

    public IEnumerable<string> Algorithms => Checks.ValidAlgorithms;

    /// <summary>True: its keys are fetched, from an address.</summary>
    public bool HasDiscovery => Options.ConfigurationManager is not null;

    private TokenValidationParameters Checks => Options.TokenValidationParameters;

    private static IEnumerable<string> Both(string? one, IEnumerable<string>? more) =>
        (more ?? []).Append(one).OfType<string>().Where(name => name.Length > 0).Distinct();
}
