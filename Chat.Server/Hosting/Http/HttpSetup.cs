using Microsoft.OpenApi;

namespace Chat.Server.Hosting.Http;

internal static class HttpSetup
{
    // As all links of ours, relative to where they are: a proxy may publish the server below a path.
    private const string OpenApiFromDocs = "../openapi/v1.json", RootFromOpenApi = "../";

    private const string DocsPath = "/docs";

    // Swagger UI has its pictures in its style sheet.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Must be the first steps of the pipeline: what every answer says, errors as JSON, and requests for this
    /// server only.</summary>
    public static IApplicationBuilder UseChatErrors(this IApplicationBuilder app) => app
        .UseMiddleware<SecurityHeaders>().UseMiddleware<ErrorResponses>().UseMiddleware<HostGuard>();

    public static IServiceCollection AddChatOpenApi(
        this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = _ => true; // also the chat's group
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Chat";
            document.Info.Description =
                "Chat over REST. The hub is at /hubs/chat, the raw WebSocket at /api/v1/chat/ws.";
            document.Info.Version = "v1";
            document.Servers = [new OpenApiServer { Url = RootFromOpenApi }];
            return Task.CompletedTask;
        }).AddSecurity();
    });

    /// <summary>The document at <c>/openapi/v1.json</c> and a page to try it at <c>/docs</c>. The page loads nothing
    /// from other hosts.</summary>
    public static WebApplication MapChatOpenApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments(DocsPath))
                http.Response.Headers.ContentSecurityPolicy = DocsPolicy;
            return next(http);
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = DocsPath[1..];
            page.DocumentTitle = "Chat API";
            page.SwaggerEndpoint(OpenApiFromDocs, "Chat v1");
            page.EnableValidator(null); // else the page asks a public validator about our document
        });
        return app;
    }
}
