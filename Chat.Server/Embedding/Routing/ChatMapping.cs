using Chat.Server.Hosting.Http;
using Chat.Server.Operators;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Chat.Server.Embedding.Routing;

/// <summary>Maps the chat: in its own program as it is, in an application with its own services and steps.</summary>
internal static class ChatMapping
{
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string prefix, ChatParts parts)
    {
        var services = EmbeddedChat.ServicesIn(endpoints.ServiceProvider);
        var (clients, anybody) = (new ChatRoutes(services, endpoints), new ChatRoutes(services, endpoints));
        clients.MapForClients(parts);
        anybody.MapForAnybody(parts);
        var said = new ChatConventions();
        var steps = services == endpoints.ServiceProvider ? null : StepsOf(services, parts);
        endpoints.DataSources.Add(new ChatDataSource(services, RoutePatternFactory.Parse(prefix), steps)
        {
            Clients = clients.DataSources, Anybody = anybody.DataSources, Said = said,
        });
        return said;
    }

    /// <summary>In the program they are middleware, which requests to no endpoint pass too.</summary>
    private static RequestDelegate StepsOf(IServiceProvider services, ChatParts parts)
    {
        var steps = new ApplicationBuilder(services);
        steps.UseMiddleware<SecurityHeaders>().UseMiddleware<ErrorResponses>().UseMiddleware<CrossSiteGuard>();
        if (parts.HasFlag(ChatParts.Operators)) steps.UseOperatorsHere();
        steps.UseChatSteps();
        steps.Run(ChatEndpoint.RunAsync);
        return steps.Build();
    }
}
