using Chat.Server.Configuration;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>A JwtBearer scheme for each of <c>Authentication:Schemes</c>, with what is the same for all.</summary>
internal static class IssuersRegistration
{
    private const int MaxDiscoveryBytes = 256 * 1024;

    private static readonly TimeSpan FetchBound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeysLast = TimeSpan.FromHours(24);

    public static IServiceCollection AddIssuers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TokenRules>();
        services.AddSingleton<Issuers>();
        var authentication = services.AddAuthentication();
        foreach (var scheme in configuration.GetSection(SettingName.Schemes).GetChildren())
        {
            authentication.AddJwtBearer(scheme.Key, _ => { });
            services.AddOptions<JwtBearerOptions>(scheme.Key)
                .Configure<TokenRules, IHostEnvironment>(Fix)
                .PostConfigure(options =>
                {
                    if (options.ConfigurationManager is BaseConfigurationManager fetched)
                        fetched.LastKnownGoodLifetime = KeysLast;
                });
        }
        return services;
    }

    private static void Fix(JwtBearerOptions options, TokenRules rules, IHostEnvironment environment)
    {
        options.MapInboundClaims = options.SaveToken = false;
        options.IncludeErrorDetails = environment.IsDevelopment();
        options.RefreshInterval = BetweenFetches;
        options.Backchannel = new HttpClient(new SocketsHttpHandler { ConnectTimeout = FetchBound })
        {
            Timeout = FetchBound, MaxResponseContentBufferSize = MaxDiscoveryBytes,
        };
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler
        {
            MapInboundClaims = false, MaximumTokenSizeInBytes = TokenRules.MaxBytes,
        });
        var checks = options.TokenValidationParameters;
        // The configuration hands them out one by one, and makes them again each time.
        var keys = checks.IssuerSigningKeys?.ToList() ?? [];
        checks.IssuerSigningKeys = keys;
        checks.ValidAlgorithms = keys.Count > 0 ? TokenRules.OfSecrets : TokenRules.OfKeyPairs;
        checks.ValidateIssuer = checks.ValidateAudience = checks.ValidateIssuerSigningKey = true;
        checks.RequireSignedTokens = checks.RequireExpirationTime = checks.RequireAudience = true;
        checks.IssuerSigningKeyResolverUsingConfiguration =
            static (_, _, kid, own, fetched) => KeysOf(kid, own, fetched);
        checks.LifetimeValidator = rules.CheckLifetime;
        checks.TypeValidator = TokenRules.CheckType;
    }

    /// <summary>All keys of this name: the framework would try the first one only. None: it tries all that there are.
    /// </summary>
    private static IEnumerable<SecurityKey> KeysOf(
        string? kid, TokenValidationParameters own, BaseConfiguration? fetched) =>
        (fetched?.SigningKeys ?? []).Concat(own.IssuerSigningKeys ?? []).Where(key => string.Equals(key.KeyId, kid,
            // A thumbprint of a certificate is written in either case.
            key is X509SecurityKey ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
}
