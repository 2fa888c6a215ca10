using Chat.Server.Observers;
using Chat.Server.Tasks;
using Microsoft.Extensions.Options;

namespace Chat.Server.Notifications;

internal static class NotificationsRegistration
{
    /// <summary>How many notices to one host an instance takes from the queue, those that are being posted
    /// included: the next are there when one is taken.</summary>
    private const int Taken = 64;

    /// <summary>How many messages the observer is shown at once.</summary>
    private const int Shown = 500;

    /// <summary>Webhooks for participants who are away: settings <c>Chat:Notifications</c>. Without endpoints, none of
    /// it runs.</summary>
    public static IServiceCollection AddNotifications(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<NotificationsOptions, NotificationsOptionsValidator>()
            .BindConfiguration("Chat:Notifications");
        services.AddSingleton(p => p.GetRequiredService<IOptions<NotificationsOptions>>().Value);
        services.AddSingleton<NotificationStore>();
        services.AddSingleton<NoticeEndpoints>();
        services.AddSingleton<NewsReader>();
        services.AddSingleton<NoticeMaker>();
        services.AddSingleton<NoticePost>();
        services.AddSingleton<NoticePreviews>();
        services.AddSingleton<NoticeGatherer>();
        services.AddSingleton<GatherStore>();
        services.AddSingleton<OlderInstances>();
        services.AddSingleton(new OwnWorkers(WebhookAddress.QueuePrefix, Taken));
        // The handlers are always registered, so that tasks of another configuration end with a result.
        services.AddTaskHandler<GatherTask, GatherHandler>(GatherTask.Type, () => NotificationJson.Default.GatherTask);
        services.AddTaskHandler<DeliverTask, DeliverHandler>(
            DeliverTask.Type, () => NotificationJson.Default.DeliverTask, DeliverTask.Shown);
        services.AddTaskHandler<OlderInstances>(OlderInstances.Type);
        var isOn = !string.IsNullOrWhiteSpace(configuration["Chat:Notifications:Endpoints"]);
        // An instance that knows no endpoint leaves these tasks to others.
        services.AddSingleton(new OwnWorkers(GatherTask.Queue, isOn ? 2 * GatherHandler.Together : 0));
        if (isOn)
            services.AddObserver<NoticeObserver>(NoticeObserver.Name, options =>
                (options.Kinds, options.BatchSize) = (EntryKinds.Message, Shown));
        return services;
    }
}
