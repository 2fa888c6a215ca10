using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Transports.SignalR.MessagePack;
using Chat.Server.Transports.Framing;
using Chat.Server.Transports.SignalR.Owners;
using Chat.Server.Transports.SignalR.Polling;
using Chat.Server.Transports.SignalR.Pushes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.SignalR;

internal static class HubRegistration
{
    /// <summary>What SignalR writes in one go must be taken within this time: the largest answer at 100 KB/s. Who takes
    /// nothing is cut by <see cref="Connections.SlowConnectionWatch"/> long before.</summary>
    private static readonly TimeSpan SendBound = TimeSpan.FromMinutes(2);

    private const string JsonName = "json";

    public static IServiceCollection AddChatHub(this IServiceCollection services)
    {
        services.AddSingleton<HubGroups>();
        services.AddSingleton<HubPolls>();
        services.AddSingleton<ReconnectBuffers>();
        services.AddSingleton<HubOwners>();
        services.AddSingleton<HubRequests>();
        services.AddSingleton<HubOpening>();
        services.AddSingleton<HubSendContext>();
        services.AddSingleton<TokenRefresh>();
        services.AddHubPushes();
        services.AddSingleton<RefusalFilter>();
        services.AddSingleton<HubPresence>();
        services.AddSingleton<UserCalls>();
        // The global options: those of a hub are used only where SignalR itself saw them being set.
        services.AddOptions<HubOptions>().Configure<CoreOptions>((hub, core) =>
        {
            hub.MaximumParallelInvocationsPerClient = core.SendsInFlightPerConnection;
            hub.ClientTimeoutInterval = HubSilence.Limit;
            hub.MaximumReceiveMessageSize = ChatLimits.FrameBytes;
            hub.StatefulReconnectBufferSize = StatefulReconnect.BufferBytes;
            hub.AddFilter<RefusalFilter>();
        });
        services.AddSignalR().AddJsonProtocol(json => HubJson.Apply(json.PayloadSerializerOptions));
        DecorateJsonProtocol(services);
        DecorateResolver(services);
        services.AddSingleton<IHubProtocol>(
            new LenientHubProtocol(
                MessagePackHub.ProtocolName, () => MessagePackHub.Protocol, MessagePackArguments.Count));
        // SignalR logs every refusal as an error with a stack trace. What is a fault is logged by RefusalFilter.
        services.AddLogging(logging =>
            logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None));
        return services;
    }

    /// <remarks>As <c>MapHub</c> does it, but SignalR's handler is made for the first connection: it compiles something
    /// for each method of the hub, which was a sixth of a start.</remarks>
    public static void MapChatHub(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var options = new HttpConnectionDispatcherOptions
        {
            AllowStatefulReconnects = true, TransportSendTimeout = SendBound,
        };
        options.WebSockets.CloseTimeout = TimeSpan.FromSeconds(2);
        endpoints.MapConnections(ChatHubRoute.Path, options,
                connections => connections.Run(connection =>
                    services.GetRequiredService<HubConnectionHandler<ChatHub>>().OnConnectedAsync(connection)))
            .WithMetadata(new HubMetadata(typeof(ChatHub)), new SharedStreamEndpoint(LeaveOpen: false));
    }

    private static void DecorateResolver(IServiceCollection services)
    {
        var stock = services.Single(s => s.ServiceType == typeof(IHubProtocolResolver)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IHubProtocolResolver>(p =>
            new WatchedHubProtocols((IHubProtocolResolver)ActivatorUtilities.CreateInstance(p, stock))));
    }

    private static void DecorateJsonProtocol(IServiceCollection services)
    {
        var stock = services.Single(
            s => s.ServiceType == typeof(IHubProtocol) && s.ImplementationType == typeof(JsonHubProtocol));
        services.Remove(stock);
        services.TryAddSingleton<JsonHubProtocol>();
        services.AddSingleton<IHubProtocol>(p => new LenientHubProtocol(
            JsonName, p.GetRequiredService<JsonHubProtocol>, JsonArguments.Count, () => new JsonSend(
                p.GetRequiredService<IOptions<JsonHubProtocolOptions>>().Value.PayloadSerializerOptions)));
    }
}
