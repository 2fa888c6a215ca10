using System.Text;
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

/// <summary>Posts notices. What is not taken fails the task, and the queue tries it again at growing
/// intervals.</summary>
internal sealed class DeliverHandler(WebhookEndpoints endpoints) : ITaskHandler<DeliverTask>
{
    public Task HandleAsync(DeliverTask payload, TaskRun run,
        CancellationToken ct) => endpoints.Find(payload.Endpoint) is { } endpoint
        ? endpoint.PostAsync(payload.EventId, Encoding.UTF8.GetBytes(payload.Body), ct)
        : throw new TaskGivenUpException(
            $"{payload.Endpoint.Host} is no endpoint any more (Chat:Notifications:Endpoints)");
}
