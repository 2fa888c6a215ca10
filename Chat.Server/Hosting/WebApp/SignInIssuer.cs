using Chat.Server.Configuration;
using Chat.Server.Identity.Tokens;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.WebApp;

/// <summary>The issuer at which the web app signs people in, as it says of itself.</summary>
internal sealed class SignInIssuer(IOptions<WebAppOptions> options, Issuers issuers, IssuerKeys keys)
{
    private readonly Issuer _issuer = Only(issuers);

    /// <summary>What it says of itself is kept and brought up to date by the framework; nobody waits for a
    /// request.</summary>
    public async ValueTask<WebAppSignIn> FindAsync(CancellationToken ct)
    {
        var app = options.Value;
        var (metadata, name) = (_issuer.Options.MetadataAddress!, _issuer.Names.First());
        if (!keys.AreKnownOf(_issuer))
            return new WebAppSignIn(name, metadata, null, null, null, false, app.ClientId, app.Scope);
        var found = await _issuer.Options.ConfigurationManager!.GetConfigurationAsync(ct);
        return new WebAppSignIn(
            _issuer.Names.Contains(found.Issuer) ? found.Issuer : name, metadata, found.AuthorizationEndpoint,
            found.TokenEndpoint, found.EndSessionEndpoint, found.AuthorizationResponseIssParameterSupported,
            app.ClientId, app.Scope);
    }

    /// <summary>The sites that the page has to call for that.</summary>
    public async ValueTask<IEnumerable<string>> OriginsAsync(CancellationToken ct)
    {
        var found = await FindAsync(ct);
        return new[] { found.Metadata, found.TokenEndpoint }.OfType<string>()
            .Select(address => new Uri(address).GetLeftPart(UriPartial.Authority)).Distinct();
    }

    /// <exception cref="ConfigurationException">There is none, or it is not clear which.</exception>
    private static Issuer Only(Issuers issuers)
    {
        var found = issuers.All.Where(issuer => issuer.HasDiscovery).ToList();
        return found.Count == 1
            ? found[0]
            : throw new ConfigurationException(
                $"{WebAppOptions.Section}:ClientId needs one issuer under {SettingName.Schemes} with an Authority or a "
                + $"MetadataAddress, where people sign in; there are {found.Count}");
    }
}
