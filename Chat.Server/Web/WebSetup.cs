namespace Chat.Server.Web;

internal static class WebSetup
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddWebFiles(this IServiceCollection services) =>
        services.AddSingleton(_ => WebFiles.OfProgram());

    /// <summary>Maps the web app at <c>/</c> and the JavaScript client below <c>/sdk/</c>: an endpoint for each file,
    /// and none for what is no file.</summary>
    public static IEndpointRouteBuilder MapWebFiles(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        return endpoints.MapWebFiles(
            services.GetRequiredService<WebFiles>(), services.GetServices<IPageConnections>());
    }

    public static IEndpointRouteBuilder MapWebFiles(
        this IEndpointRouteBuilder endpoints, WebFiles files, IEnumerable<IPageConnections> others)
    {
        var answers = new WebFileAnswers(files, others);
        foreach (var path in files.Paths)
        {
            Map(path, path);
            if (path == WebFiles.Page) Map("/", path);
        }
        return endpoints;

        void Map(string address, string path) => endpoints
            .MapMethods(address, Reads, (RequestDelegate)(http => answers.AnswerAsync(http, path)))
            .WithMetadata(WebFileRoute.OfAll).ExcludeFromDescription();
    }
}
