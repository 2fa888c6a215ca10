using Chat.Server.Configuration;
using Chat.Server.Hosting.WebApp;
using Chat.Server.Identity.Tokens;
using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Hosting;

/// <summary>The web app signs people in at one issuer, and the start says when it is not clear at which.</summary>
public sealed class SignInIssuerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Without_one_issuer_that_has_an_address_the_server_does_not_start(int count)
    {
        using var services = Services(count);
        var make = () => services.GetRequiredService<SignInIssuer>();
        make.Should().Throw<ConfigurationException>().Which.Problems.Single().Should().Be(
            "Chat:WebApp:ClientId needs one issuer under Authentication:Schemes with an Authority or a "
            + $"MetadataAddress, where people sign in; there are {count}");
    }

    [Fact]
    public async Task While_its_document_is_not_to_be_had_the_app_is_told_where_it_is()
    {
        using var services = Services(1);
        var found = await services.GetRequiredService<SignInIssuer>().FindAsync(default);
        found.Should().Be(new WebAppSignIn("https://issuer0.test/",
            "https://issuer0.test/.well-known/openid-configuration", null, null, null, false, "app",
            "openid profile offline_access"));
        (await services.GetRequiredService<SignInIssuer>().OriginsAsync(default)).Should()
            .Equal("https://issuer0.test");
    }

    private static ServiceProvider Services(int count)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Authentication:Schemes:Key:ValidIssuer"] = "us", ["Authentication:Schemes:Key:ValidAudience"] = "chat",
            ["Authentication:Schemes:Key:SigningKeys:0:Issuer"] = "us",
            ["Authentication:Schemes:Key:SigningKeys:0:Value"] = Convert.ToBase64String(new byte[32]),
        };
        for (var i = 0; i < count; i++)
        {
            var scheme = $"Authentication:Schemes:Issuer{i}:";
            settings[scheme + "Authority"] = settings[scheme + "ValidIssuer"] = $"https://issuer{i}.test/";
            settings[scheme + "ValidAudience"] = "chat";
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Production" });
        services.AddOptions<IdentityOptions>();
        services.AddIssuers(configuration);
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton(Options.Create(new WebAppOptions { ClientId = "app" }));
        return services.AddSingleton<SignInIssuer>().BuildServiceProvider();
    }
}
