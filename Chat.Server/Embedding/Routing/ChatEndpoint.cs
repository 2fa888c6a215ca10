using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Embedding.Routing;

/// <summary>An endpoint of the chat in an application. Behind its door a request has the chat's services, and an
/// address from the chat's prefix on; when it leaves, both are as they were.</summary>
internal sealed class ChatEndpoint
{
    private readonly RequestDelegate _inner;
    private readonly RequestDelegate _steps;
    private readonly IServiceScopeFactory _scopes;
    private readonly int _depth;

    private ChatEndpoint(RequestDelegate inner, RequestDelegate steps, int depth, IServiceScopeFactory scopes) =>
        (_inner, _steps, _depth, _scopes) = (inner, steps, depth, scopes);

    /// <summary>Puts the chat's steps before an endpoint.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="steps">They end in <see cref="RunAsync"/>.</param>
    /// <param name="depth">How many parts of its address are the prefix.</param>
    /// <param name="services">The chat's.</param>
    public static void Wrap(EndpointBuilder builder, RequestDelegate steps, int depth, IServiceProvider services)
    {
        if (builder.RequestDelegate is not { } inner) return;
        var endpoint = new ChatEndpoint(inner, steps, depth, services.GetRequiredService<IServiceScopeFactory>());
        builder.Metadata.Add(endpoint);
        builder.RequestDelegate = endpoint.EnterAsync;
    }

    /// <summary>Behind the steps.</summary>
    public static Task RunAsync(HttpContext http) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<ChatEndpoint>()._inner(http);

    private async Task EnterAsync(HttpContext http)
    {
        var request = http.Request;
        var (pathBase, path) = (request.PathBase, request.Path);
        var outer = http.Features.Get<IServiceProvidersFeature>();
        var services = new RequestServicesFeature(http, _scopes);
        http.Features.Set<IServiceProvidersFeature>(services);
        var whole = path.Value ?? "";
        var at = EndOf(whole, _depth);
        (request.PathBase, request.Path) = (pathBase.Add(whole[..at]), whole[at..]);
        try
        {
            await _steps(http);
        }
        finally
        {
            (request.PathBase, request.Path) = (pathBase, path);
            http.Features.Set(outer);
            await services.DisposeAsync();
        }
    }

    /// <summary>Where so many parts of a path end.</summary>
    private static int EndOf(string path, int parts)
    {
        var at = 0;
        for (; parts > 0 && at < path.Length; parts--)
        {
            var next = path.IndexOf('/', at + 1);
            at = next < 0 ? path.Length : next;
        }
        return at;
    }
}
