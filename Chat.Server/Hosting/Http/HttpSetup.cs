using Microsoft.OpenApi;

namespace Chat.Server.Hosting.Http;

internal static class HttpSetup
{
    // As all links of ours, relative to where they are: a proxy may publish the server below a path.
    private const string RootFromOpenApi = "../";

    /// <summary>Must be the first steps of the pipeline: what every answer says, errors as JSON, and requests for this
    /// server only.</summary>
    public static IApplicationBuilder UseChatErrors(this IApplicationBuilder app) => app
        .UseMiddleware<SecurityHeaders>().UseMiddleware<ErrorResponses>().UseMiddleware<HostGuard>();

    public static IServiceCollection AddChatOpenApi(
        this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = _ => true; // also the chat's group
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0; // generators of clients know it best
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
}
