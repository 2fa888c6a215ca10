using Chat.Server.Configuration;
using Chat.Server.Identity.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Tests.Unit.Identity;

/// <summary>CH-166: a scheme that the framework would take without checking anything ends the start.</summary>
public sealed class IssuersTests
{
    private const string Scheme = "Authentication:Schemes:Bearer:";

    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Theory]
    [InlineData("ValidIssuer", "Bearer:ValidIssuer must be set: the iss of the tokens")]
    [InlineData("ValidAudience", "Bearer:ValidAudience must be set: the aud of the tokens")]
    [InlineData("SigningKeys:0:Value", "Bearer has no keys: set Authority or MetadataAddress, or SigningKeys whose "
        + "Issuer is the ValidIssuer")]
    public void The_missing_settings_of_a_scheme_are_named(string without, string expected)
    {
        var settings = Good();
        settings.Remove(Scheme + without);
        Assert.Contains($"Authentication:Schemes:{expected}", Problems(settings));
    }

    [Fact]
    public void A_good_scheme_and_two_of_them_are_taken()
    {
        var settings = Good();
        settings["Authentication:Schemes:Other:ValidIssuer"] = "https://other.test";
        settings["Authentication:Schemes:Other:ValidAudiences:0"] = "chat";
        settings["Authentication:Schemes:Other:Authority"] = "https://other.test";
        var issuers = Make(settings);
        Assert.Equal("Bearer", issuers.Find("us")!.Scheme);
        Assert.Equal("Other", issuers.Find("https://other.test")!.Scheme);
        Assert.Null(issuers.Find(""));
        Assert.Null(issuers.Find("US"));
        Assert.True(issuers.Find("https://other.test")!.HasDiscovery);
    }

    [Fact]
    public void Short_keys_keys_that_are_none_and_http_are_refused()
    {
        Assert.Contains("Authentication:Schemes:Bearer:SigningKeys has a key of less than 32 bytes",
            Problems(Good(("SigningKeys:0:Value", Convert.ToBase64String(new byte[31])))));
        Assert.Contains(Problems(Good(("SigningKeys:0:Value", "not base64!"))),
            problem => problem.StartsWith("Authentication:Schemes:Bearer cannot be used: ", StringComparison.Ordinal));
        Assert.Contains(Problems(Good(("Authority", "http://issuer.test"), ("SigningKeys:0:Issuer", "nobody"))),
            problem => problem.StartsWith("Authentication:Schemes:Bearer cannot be used: ", StringComparison.Ordinal));
        Assert.Contains(Problems(Good(("Authority", "https://issuer.test"))),
            problem => problem.EndsWith("give each a scheme of its own", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_schemes_of_one_issuer_are_refused()
    {
        var settings = Good();
        settings["Authentication:Schemes:Other:ValidIssuer"] = "us";
        settings["Authentication:Schemes:Other:ValidAudience"] = "chat";
        settings["Authentication:Schemes:Other:Authority"] = "https://other.test";
        Assert.Contains("Authentication:Schemes:Other:ValidIssuer is us, and so is that of Bearer", Problems(settings));
    }

    [Fact]
    public void Fixed_options_cannot_be_configured()
    {
        var settings = Good(("MapInboundClaims", "true"), ("SaveToken", "true"), ("IncludeErrorDetails", "true"),
            ("BackchannelTimeout", "01:00:00"));
        var options = Make(settings).All.Single().Options;
        Assert.False(options.MapInboundClaims || options.SaveToken || options.IncludeErrorDetails);
        Assert.Equal((TimeSpan.FromSeconds(5), 256 * 1024L),
            (options.Backchannel.Timeout, options.Backchannel.MaxResponseContentBufferSize));
        Assert.Equal(TimeSpan.FromMinutes(1), options.RefreshInterval);
        var checks = options.TokenValidationParameters;
        Assert.Equal(["HS256", "HS384", "HS512"], checks.ValidAlgorithms);
        Assert.True(checks.ValidateIssuer && checks.ValidateAudience && checks.RequireSignedTokens
            && checks.ValidateLifetime && checks.ValidateIssuerSigningKey);
        Assert.Equal(16 * 1024, ((TokenHandler)options.TokenHandlers.Single()).MaximumTokenSizeInBytes);
    }

    private static Dictionary<string, string?> Good(params (string Name, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            [Scheme + "ValidIssuer"] = "us", [Scheme + "ValidAudience"] = "chat",
            [Scheme + "SigningKeys:0:Issuer"] = "us", [Scheme + "SigningKeys:0:Value"] = Key,
        };
        foreach (var (name, value) in changes) settings[Scheme + name] = value;
        return settings;
    }

    // CH-186
    [Fact]
    public void Tenants_of_issuers_are_checked_at_the_start()
    {
        const string tenant = "Chat:Identity:Issuers:Bearer:Tenant";
        Assert.Contains("Chat:Identity:Issuers:Bearer:Tenant is *, so Chat:Identity:TenantClaim must be set",
            Problems(Good(tenant, "*")));
        Assert.Contains($"{tenant} must be * or 1 to 64 characters of a-z, 0-9 and -", Problems(Good(tenant, "ACME")));
        Assert.Contains("Chat:Identity:Issuers:Berer is of no issuer: there is none of that name under "
            + "Authentication:Schemes", Problems(Good("Chat:Identity:Issuers:Berer:Tenant", "acme")));
        var any = Good(tenant, "*");
        any["Chat:Identity:TenantClaim"] = "tenant";
        Assert.Null(Make(any).Find("us")!.Tenant.Fixed);
        Assert.Equal("acme", Make(Good(tenant, "acme")).Find("us")!.Tenant.Fixed?.Name);
        Assert.Equal("default", Make(IssuersTests.Good()).Find("us")!.Tenant.Fixed?.Name);

        static Dictionary<string, string?> Good(string name, string value)
        {
            var settings = IssuersTests.Good();
            settings[name] = value;
            return settings;
        }
    }

    private static IReadOnlyList<string> Problems(Dictionary<string, string?> settings) =>
        Assert.Throws<ConfigurationException>(() => Make(settings)).Problems;

    private static Issuers Make(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Production" });
        services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(IdentityOptions.Section));
        services.AddIssuers(configuration);
        using var provider = services.BuildServiceProvider();
        return new Issuers(configuration, provider.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>(),
            provider.GetRequiredService<IOptions<IdentityOptions>>());
    }
}
