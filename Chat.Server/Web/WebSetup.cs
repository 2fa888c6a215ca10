namespace Chat.Server.Web;

internal static class WebSetup
{
    public static IServiceCollection AddWebFiles(this IServiceCollection services) => services.AddSingleton<WebFiles>();

    /// <summary>Serves <c>wwwroot</c>: the web app at <c>/</c>, the JavaScript client at <c>/sdk/</c>. Addresses that
    /// are mapped go first.</summary>
    public static IApplicationBuilder UseWebFiles(this IApplicationBuilder app) =>
        app.UseMiddleware<WebFileResponses>();
}
