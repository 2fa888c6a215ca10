using Chat.Server.Configuration;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Chat.Server.Identity.Tokens;

/// <summary>The issuers whose tokens this server takes, by their names in tokens.</summary>
internal sealed class Issuers
{
    private readonly Dictionary<string, Issuer> _byName = new(StringComparer.Ordinal);

    /// <summary>Resolves all of them, so that a mistake ends the start.</summary>
    /// <exception cref="ConfigurationException">A scheme cannot be used; each problem names the setting.</exception>
    public Issuers(
        IConfiguration configuration, IOptionsMonitor<JwtBearerOptions> options, IOptions<IdentityOptions> identity)
    {
        var problems = new List<string>();
        var tenants = new IssuerTenants(identity.Value);
        var names = configuration.GetSection(SettingName.Schemes).GetChildren().Select(scheme => scheme.Key).ToList();
        problems.AddRange(tenants.FindProblems(names));
        All = [.. names.Select(name => Resolve(name, options, tenants, problems)).OfType<Issuer>()];
        foreach (var issuer in All)
            foreach (var name in issuer.Names)
                if (!_byName.TryAdd(name, issuer))
                    problems.Add($"{SettingName.Schemes}:{issuer.Scheme}:ValidIssuer is {name}, and so is that of "
                        + _byName[name].Scheme);
        if (problems.Count > 0) throw new ConfigurationException(problems);
    }

    public IReadOnlyList<Issuer> All { get; }

    /// <summary>True where users of other tenants than the default one may come.</summary>
    public bool HaveTenants => All.Any(issuer => issuer.Tenant.Fixed != Callers.Tenant.Default);

    /// <summary>Null: there is none of that name.</summary>
    public Issuer? Find(string name) => _byName.GetValueOrDefault(name);

    private static Issuer? Resolve(
        string name, IOptionsMonitor<JwtBearerOptions> options, IssuerTenants tenants, List<string> problems)
    {
        try
        {
            var issuer = new Issuer(name, options.Get(name), tenants.Of(name));
            problems.AddRange(IssuerProblems.Find(issuer));
            return issuer;
        }
        // A key that is not base64, two keys of one issuer, http without RequireHttpsMetadata=false: what the framework
        // throws names the setting and no value.
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            problems.Add($"{SettingName.Schemes}:{name} cannot be used: {e.Message}");
            return null;
        }
    }
}
