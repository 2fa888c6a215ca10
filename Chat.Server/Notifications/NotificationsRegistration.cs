using Chat.Server.Core.MessageLog;
using Chat.Server.Tasks;
using Microsoft.Extensions.Options;

namespace Chat.Server.Notifications;

internal static class NotificationsRegistration
{
    /// <summary>How many notices to one host an instance takes from the queue, those that are being posted
    /// included: the next are there when one is taken.</summary>
    private const int Taken = 64;

    /// <summary>Webhooks for participants who are away: settings <c>Chat:Notifications</c>. Without endpoints, none of
    /// it runs.</summary>
    public static IServiceCollection AddNotifications(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<NotificationsOptions, NotificationsOptionsValidator>()
            .BindConfiguration("Chat:Notifications");
        services.AddSingleton(p => p.GetRequiredService<IOptions<NotificationsOptions>>().Value);
        services.AddSingleton<NotificationStore>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<NewsReader>();
        services.AddSingleton<NoticeMaker>();
        services.AddSingleton<NoticePost>();
        services.AddSingleton<NoticePreviews>();
        services.AddSingleton<NoticeGatherer>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton(new OwnWorkers(WebhookAddress.QueuePrefix, Taken));
        // The handlers are always registered, so that tasks of another configuration end with a result.
        services.AddTaskHandler<GatherTask, GatherHandler>(GatherTask.Type, NotificationJson.Default.GatherTask);
        services.AddTaskHandler<DeliverTask, DeliverHandler>(
            DeliverTask.Type, NotificationJson.Default.DeliverTask, DeliverTask.Shown);
        services.AddTaskHandler<NoticeSweep>(NoticeSweep.Type);
        if (string.IsNullOrWhiteSpace(configuration["Chat:Notifications:Endpoints"])) return services;
        services.AddSingleton<ICommitObserver>(p => p.GetRequiredService<NoticeBoard>());
        services.AddHostedService(p => p.GetRequiredService<NoticeBoard>());
        services.AddSingleton(new PeriodicTask(NoticeSweep.Type, NoticeSweep.Interval));
        return services;
    }
}
