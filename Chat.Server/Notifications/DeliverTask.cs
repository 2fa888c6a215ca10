using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Post a notice to one address.</summary>
/// <param name="Endpoint">Where to; one that is configured no more is told nothing.</param>
/// <param name="EventId">What is told.</param>
/// <param name="Body">JSON, the same on every attempt.</param>
internal sealed record DeliverTask(Uri Endpoint, string EventId, string Body)
{
    public const string Type = "notifications.deliver";

    public static TaskPlan PlanFor(NotificationsOptions options) =>
        new() { Queue = NotificationsRegistration.Queue, MaxRetry = options.MaxRetry };
}
