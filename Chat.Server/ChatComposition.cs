using Chat.Server.Application;
using Chat.Server.Application.Api;
using Chat.Server.Audit;
using Chat.Server.Audit.Api;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.FanOut;
using Chat.Server.History;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Drain;
using Chat.Server.Hosting.WebApp;
using Chat.Server.Keys;
using Chat.Server.Keys.Api;
using Chat.Server.Lists;
using Chat.Server.Memory;
using Chat.Server.Notifications;
using Chat.Server.Observability;
using Chat.Server.Observers;
using Chat.Server.Observers.Admin;
using Chat.Server.Operators;
using Chat.Server.Presence;
using Chat.Server.Reactions;
using Chat.Server.Retention;
using Chat.Server.Revocations;
using Chat.Server.Rights;
using Chat.Server.Room;
using Chat.Server.Safety;
using Chat.Server.Safety.Reports;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Admin;
using Chat.Server.Transfer;
using Chat.Server.Transports.Framing;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.Polling;
using Chat.Server.Transports.WebSockets;
using Chat.Server.Users;
using Chat.Server.Web;
using Chat.Server.Webhooks;
using Chat.Server.Webhooks.Api;

namespace Chat.Server;

/// <summary>What a chat is made of, in order; nothing else. The program and every application that has a chat in it are
/// composed here.</summary>
internal static class ChatComposition
{
    /// <summary>Adds the chat to a container that is its own.</summary>
    public static IServiceCollection AddChatServices(this IServiceCollection services, ChatSettings settings)
    {
        services.AddServer(settings.Mode, settings.Configuration);
        services.AddChatObservability();
        services.AddChatDatabase(settings.Database);
        services.AddAudit();
        services.AddKeys();
        services.AddOperators();
        services.AddChatBackplane(settings.Redis);
        services.AddMemoryBudget();
        services.AddRevocations(); // starts before anybody is let in, and stops after the core, whose lanes need it
        services.AddFanOut(); // with its first look people are let in
        services.AddChatCore();
        services.AddPresence();
        services.AddOpenConnections();
        services.AddUsers();
        services.AddSafety();
        services.AddRights();
        services.AddReports();
        services.AddReactions();
        services.AddLists();
        services.AddTasks();
        services.AddNotifications(settings.Configuration);
        services.AddWebhooks(settings.Configuration);
        services.AddErasure();
        services.AddRetention();
        services.AddObserverStores();
        services.AddHistory();
        services.AddUserExport();
        services.AddApplication();
        services.AddChatHub();
        services.AddRawSockets();
        services.AddRoom();
        services.AddRest();
        services.AddTaskAdmin();
        services.AddObserverAdmin();
        services.AddKeysApi();
        services.AddAuditApi();
        services.AddWebApp(settings.Mode, settings.Configuration);
        return services;
    }

    /// <summary>What every request of the chat passes, whatever it asks for: behind the answers to errors, before its
    /// endpoint.</summary>
    public static IApplicationBuilder UseChatSteps(this IApplicationBuilder app)
    {
        app.UseDrainGate();
        app.UseMiddleware<LimitsGate>();
        app.UseChatWebSockets();
        app.UseHubMethods();
        app.UseIdentity();
        return app.UseHubTransports();
    }

    /// <summary>Maps what clients call.</summary>
    public static void MapForClients(this IEndpointRouteBuilder endpoints, ChatParts parts)
    {
        if (parts.HasFlag(ChatParts.Hub)) endpoints.MapChatHub();
        if (parts.HasFlag(ChatParts.RawSockets)) endpoints.MapRawSockets();
        if (parts.HasFlag(ChatParts.Room)) endpoints.MapRoom();
        if (parts.HasFlag(ChatParts.Rest)) endpoints.MapRest().MapTaskState();
        if (!parts.HasFlag(ChatParts.Operators)) return;
        endpoints.MapOperators();
        endpoints.MapTaskAdmin();
        endpoints.MapObserverAdmin();
        endpoints.MapWebhooks();
        endpoints.MapKeys();
        endpoints.MapAudit();
        endpoints.MapRevocations();
        endpoints.MapErasure();
        endpoints.MapApplication();
        endpoints.MapChatMetrics();
    }

    /// <summary>Maps what anybody may load: the web app and the JavaScript client, and what these ask before they
    /// connect.</summary>
    public static void MapForAnybody(this IEndpointRouteBuilder endpoints, ChatParts parts)
    {
        if (!parts.HasFlag(ChatParts.WebApp)) return;
        endpoints.MapWebAppConfig();
        endpoints.MapWebFiles();
    }
}
