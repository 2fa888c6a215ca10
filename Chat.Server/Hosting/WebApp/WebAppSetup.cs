using Chat.Server.Identity;
using Chat.Server.Transports.Http;
using Chat.Server.Web;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.WebApp;

internal static class WebAppSetup
{
    /// <summary>The web app, and how it signs people in.</summary>
    public static IServiceCollection AddWebApp(
        this IServiceCollection services, ServerMode mode, IConfiguration configuration)
    {
        services.AddWebFiles();
        services.AddOptionsWithValidateOnStart<WebAppOptions, WebAppOptionsValidator>()
            .BindConfiguration(WebAppOptions.Section);
        var hasSignIn = mode.ReadsTokens
            && !string.IsNullOrWhiteSpace(configuration[$"{WebAppOptions.Section}:ClientId"]);
        if (!hasSignIn) return services;
        return services.AddSingleton<SignInIssuer>().AddSingleton<IPageConnections, SignInConnections>();
    }

    /// <summary>What the web app asks before it connects: <c>/app/config.json</c>; and which files it keeps to open
    /// without a network: <c>/app/files.json</c>.</summary>
    public static IEndpointRouteBuilder MapWebAppConfig(this IEndpointRouteBuilder endpoints)
    {
        var mode = endpoints.ServiceProvider.GetRequiredService<ServerMode>();
        var issuer = endpoints.ServiceProvider.GetService<SignInIssuer>();
        endpoints.MapGet("/app/config.json", async (HttpContext http, CancellationToken ct) =>
        {
            var signIn = issuer is null ? null : await issuer.FindAsync(ct);
            var config = mode.IsOfHost ? new WebAppConfig("host", null, null)
                : mode.HasTokens ? new WebAppConfig("token", null, signIn)
                : new WebAppConfig("open", mode.IsNamed ? true : null, null);
            await JsonAnswer.WriteAsync(
                http, StatusCodes.Status200OK, config, WebAppConfigJson.Default.WebAppConfig);
        }).ExcludeFromDescription();
        var files = endpoints.ServiceProvider.GetRequiredService<WebFiles>();
        // Not before it is asked for: it reads and compresses all files.
        var list = new Lazy<WebFileList>(() => WebFileList.Of(files));
        endpoints.MapGet("/app/files.json", (RequestDelegate)(http => JsonAnswer.WriteAsync(
            http, StatusCodes.Status200OK, list.Value, WebAppConfigJson.Default.WebFileList)))
            .ExcludeFromDescription();
        return endpoints;
    }

    private sealed class SignInConnections(SignInIssuer issuer) : IPageConnections
    {
        public ValueTask<IEnumerable<string>> OriginsAsync(CancellationToken ct) => issuer.OriginsAsync(ct);
    }
}
