using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Web;

/// <summary>The built BlazorChat: from a server of its own, or in front of the chat server, as a reverse proxy would
/// put it.</summary>
internal sealed class BlazorSite : IAsyncDisposable
{
    private static readonly IFileProvider Files = FindFiles();
    private readonly WebApplication _app;

    private BlazorSite(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<BlazorSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new BlazorSite(builder.Build());
        Serve(site._app);
        await site._app.StartAsync();
        return site;
    }

    /// <summary>Puts the files before everything that the chat server itself serves.</summary>
    public static void InFrontOf(IServiceCollection services) => services.AddTransient<IStartupFilter, Front>();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Serve(IApplicationBuilder app) => app
        .UseDefaultFiles(new DefaultFilesOptions { FileProvider = Files })
        .UseStaticFiles(new StaticFileOptions { FileProvider = Files, ServeUnknownFileTypes = true });

    // A build leaves the files where they are and lists them; ASP.NET Core reads that list.
    private static IFileProvider FindFiles()
    {
        var build = Path.GetRelativePath(Path.Combine(Repository.Root, "Chat.Tests", "System"),
            AppContext.BaseDirectory);
        var folder = Path.Combine(Repository.Root, "samples", "BlazorChat", build);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = Path.Combine(folder,
            "BlazorChat.staticwebassets.runtime.json");
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        return builder.Environment.WebRootFileProvider;
    }

    private sealed class Front : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            Serve(app);
            next(app);
        };
    }
}
