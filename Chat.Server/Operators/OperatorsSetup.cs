using Chat.Server.Configuration;
using Chat.Server.Persistence;
using Microsoft.Extensions.Options;

namespace Chat.Server.Operators;

internal static class OperatorsSetup
{
    private const string Endpoint = $"{SettingName.KestrelEndpoints}:ChatOperators:Url";

    /// <summary>What the key was called when it was for the background queue only.</summary>
    private const string FormerKey = "Chat:TaskAdmin:Key";

    /// <summary>The operators' key, which is kept beside the database, and what it opens.</summary>
    public static IServiceCollection AddOperators(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OperatorsOptions, OperatorsOptionsValidator>()
            .BindConfiguration(OperatorsOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.Key.Length == 0) options.Key = configuration[FormerKey] ?? "";
            });
        services.AddSingleton(KeyOf);
        services.AddSingleton<OperatorsListener>();
        services.AddSingleton<OperatorSessions>();
        services.AddSingleton<OperatorsDoor>();
        services.AddSingleton<OperatorsChanges>();
        return services.AddSingleton<OperatorsPage>();
    }

    /// <summary>Says at start where operators get in.</summary>
    public static IServiceCollection AddOperatorsAnnouncement(this IServiceCollection services) =>
        services.AddHostedService<OperatorsAnnouncement>();

    /// <summary>Adds the operators' listener, and keeps their pages from everybody else.</summary>
    public static WebApplication UseOperators(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<OperatorsOptions>>().Value;
        var listener = app.Services.GetRequiredService<OperatorsListener>();
        if (app.Configuration.GetSection(SettingName.KestrelEndpoints).Exists())
            listener.IsAt(app.Configuration[Endpoint] = OperatorsUrl.WithPort(OperatorsUrl.Resolve(options.Url)));
        else
        {
            var main = (app.Configuration[SettingName.Urls] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
            listener.AddTo(main, OperatorsUrl.Resolve(options.Url, main.FirstOrDefault()));
        }
        app.UseMiddleware<OperatorsGate>();
        return app;
    }

    /// <summary>In an application: keeps what is for operators from everybody without their key, at any of its
    /// addresses.</summary>
    public static IApplicationBuilder UseOperatorsHere(this IApplicationBuilder app)
    {
        app.ApplicationServices.GetRequiredService<OperatorsListener>().IsEverywhere();
        return app.UseMiddleware<OperatorsGate>();
    }

    public static IEndpointRouteBuilder MapOperators(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup(OperatorsPage.Path).ExcludeFromDescription();
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        pages.MapMethods("", reads, (HttpContext http, OperatorsPage page) => page.FileAsync(http, null));
        pages.MapMethods("/{file}", reads,
            (HttpContext http, string file, OperatorsPage page) => page.FileAsync(http, file));
        pages.MapGet("/session", (HttpContext http, OperatorsPage page) => page.StatusAsync(http));
        pages.MapPost("/session", (HttpContext http, OperatorsPage page) => page.SignInAsync(http));
        pages.MapDelete("/session", (HttpContext http) => OperatorsPage.SignOutAsync(http));
        return endpoints;
    }

    private static OperatorKey KeyOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<OperatorsOptions>>().Value;
        if (options.Key.Length > 0) return new OperatorKey(options.Key, isMade: false);
        var file = options.KeyFile.Length > 0
            ? options.KeyFile
            : Path.Combine(services.GetRequiredService<DatabaseSettings>().Folder
                ?? services.GetRequiredService<IWebHostEnvironment>().ContentRootPath, OperatorKeyFile.Name);
        return new OperatorKeyFile(file, services.GetRequiredService<ILogger<OperatorKeyFile>>()).ReadOrMake();
    }
}
