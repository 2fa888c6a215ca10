using System.Text;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Posts notices. A notice that is not accepted makes the task fail, and the queue retries it at growing
/// intervals.</summary>
internal sealed class DeliverHandler(WebhookEndpoints endpoints) : ITaskHandler<DeliverTask>
{
    public Task HandleAsync(DeliverTask payload, TaskRun run,
        CancellationToken ct) => endpoints.Find(payload.EndpointId()) is { } endpoint
        ? endpoint.PostAsync(payload.EventId, Encoding.UTF8.GetBytes(payload.Body), ct)
        : throw new TaskGivenUpException("the endpoint is no longer one of Chat:Notifications:Endpoints");
}
