using Chat.Server.FanOut.Backplane;
using Chat.Server.Presence.Gossip;
using Chat.Server.Presence.Store;
using Chat.Server.Presence.Watching;
using Microsoft.Extensions.Options;

namespace Chat.Server.Presence;

internal static class PresenceRegistration
{
    /// <summary>Who is online, over all instances: settings <c>Chat:Presence</c>.</summary>
    public static IServiceCollection AddPresence(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PresenceOptions, PresenceOptionsValidator>()
            .BindConfiguration("Chat:Presence");
        services.AddSingleton(p => p.GetRequiredService<IOptions<PresenceOptions>>().Value);
        services.AddSingleton<PresenceStore>();
        services.AddSingleton<PresenceBoard>();
        services.AddSingleton<LocalPresence>();
        services.AddSingleton<RemotePresence>();
        services.AddSingleton<LastSeenJournal>();
        services.AddBackplaneTopic<PresenceGossip>();
        services.AddSingleton<PresenceWatches>();
        services.AddSingleton<ConversationRosters>();
        services.AddSingleton<ContactCircles>();
        services.AddSingleton<PresenceAnnouncer>();
        services.AddSingleton<PresenceSnapshots>();
        services.AddSingleton<PresenceDesk>();
        services.AddHostedService<PresenceService>();
        return services;
    }
}
