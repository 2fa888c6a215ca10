using System.Net.Http.Headers;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Gateway;

/// <summary>Passes everything on to the chat server, as the user who is signed in.</summary>
internal static class ChatProxy
{
    private const string Chat = "chat";

    public static void AddChatProxy(this IServiceCollection services, GatewaySettings settings) => services
        .AddReverseProxy()
        .LoadFromMemory(
            [new RouteConfig { RouteId = Chat, ClusterId = Chat, Match = new RouteMatch { Path = "{**path}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = Chat,
                    Destinations = new Dictionary<string, DestinationConfig>
                    {
                        [Chat] = new() { Address = settings.Chat.ToString() },
                    },
                },
            ])
        .AddTransforms(transforms =>
        {
            transforms.AddOriginalHost(); // by which the server tells its own pages from those of other sites
            transforms.AddQueryRemoveKey("access_token");
            transforms.AddRequestHeaderRemove("Cookie"); // it is the gateway's
            transforms.AddRequestTransform(context =>
            {
                var tokens = context.HttpContext.RequestServices.GetRequiredService<UserTokens>();
                context.ProxyRequest.Headers.Authorization =
                    new AuthenticationHeaderValue("Bearer", tokens.Of(context.HttpContext.User));
                return default;
            });
        });
}
