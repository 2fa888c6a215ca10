using Chat.Server.Core.MessageLog;
using Chat.Server.Tasks;
using Microsoft.Extensions.Options;

namespace Chat.Server.Notifications;

internal static class NotificationsRegistration
{
    /// <summary>The queue of all their tasks.</summary>
    public const string Queue = "notifications";

    /// <summary>Webhooks for participants who are away: settings <c>Chat:Notifications</c>. Without endpoints nothing
    /// of it runs.</summary>
    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<NotificationsOptions, NotificationsOptionsValidator>()
            .BindConfiguration("Chat:Notifications");
        services.AddSingleton(p => p.GetRequiredService<IOptions<NotificationsOptions>>().Value);
        services.AddSingleton<NotificationStore>();
        services.AddSingleton<WebhookEndpoints>();
        // The handlers are there in any case: tasks of another configuration are to say what became of them.
        services.AddTaskHandler<GatherTask, GatherHandler>(GatherTask.Type, NotificationJson.Default.GatherTask);
        services.AddTaskHandler<DeliverTask, DeliverHandler>(DeliverTask.Type, NotificationJson.Default.DeliverTask);
        services.AddTaskHandler<NoticeSweep>(NoticeSweep.Type);
        if (string.IsNullOrWhiteSpace(builder.Configuration["Chat:Notifications:Endpoints"])) return builder;
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<ICommitObserver>(p => p.GetRequiredService<NoticeBoard>());
        services.AddHostedService(p => p.GetRequiredService<NoticeBoard>());
        services.AddSingleton(new PeriodicTask(NoticeSweep.Type, NoticeSweep.Interval));
        return builder;
    }
}
