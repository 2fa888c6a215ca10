using Chat.Server.Hosting.AsyncApi;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Chat.Server.Hosting.Program;

/// <summary>The OpenAPI document and the page to try it.</summary>
internal static class DocsPage
{
    // As all links of ours, relative to where they are: a proxy may publish the server below a path.
    private const string OpenApiFromDocs = "../openapi/v1.json";

    private const string Path = "/docs";

    // Swagger UI has its pictures in its style sheet.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The document at <c>/openapi/v1.json</c>, that of the hub and raw sockets at
    /// <c>/openapi/asyncapi.json</c>, and a page to try the first at <c>/docs</c>. The page loads nothing from other
    /// hosts.</summary>
    public static WebApplication MapChatOpenApi(this WebApplication app)
    {
        app.MapGet("/openapi/asyncapi.json", () => Results.Text(AsyncApiDocument.Text, "application/json"))
            .ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.Use(next =>
        {
            var page = new Lazy<RequestDelegate>(() => Page(((IApplicationBuilder)app).New(), next),
                LazyThreadSafetyMode.PublicationOnly); // a failure is not kept: the next request tries again
            return http =>
            {
                if (!http.Request.Path.StartsWithSegments(Path)) return next(http);
                http.Response.Headers.ContentSecurityPolicy = Policy;
                return page.Value(http);
            };
        });
        return app;
    }

    /// <summary>Made when it is first asked for.</summary>
    private static RequestDelegate Page(IApplicationBuilder app, RequestDelegate next)
    {
        app.UseSwaggerUI(Options());
        app.Run(next);
        return app.Build();
    }

    // Not in a lambda: see OtlpParts.
    private static SwaggerUIOptions Options()
    {
        var page = new SwaggerUIOptions { RoutePrefix = Path[1..], DocumentTitle = "Chat API" };
        page.SwaggerEndpoint(OpenApiFromDocs, "Chat v1");
        page.EnableValidator(null); // else the page asks a public validator about our document
        return page;
    }
}
