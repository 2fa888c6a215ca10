using System.Text;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Posts notices. What is not taken fails the task, and the queue tries it again at growing
/// intervals.</summary>
internal sealed class DeliverHandler(WebhookEndpoints endpoints) : ITaskHandler<DeliverTask>
{
    public Task HandleAsync(DeliverTask payload, TaskRun run,
        CancellationToken ct) => endpoints.Find(payload.EndpointId()) is { } endpoint
        ? endpoint.PostAsync(payload.EventId, Encoding.UTF8.GetBytes(payload.Body), ct)
        : throw new TaskGivenUpException("the endpoint is no longer one of Chat:Notifications:Endpoints");
}
