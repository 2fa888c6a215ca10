using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Posts notices. A notice that is not accepted makes the task fail, and the queue retries it at growing
/// intervals.</summary>
internal sealed class DeliverHandler(NoticeEndpoints endpoints, NoticePreviews previews) : ITaskHandler<DeliverTask>
{
    public async Task HandleAsync(DeliverTask payload, TaskRun run, CancellationToken ct)
    {
        if (endpoints.Find(payload.EndpointId()) is not { } endpoint)
            throw new TaskGivenUpException("the endpoint is no longer one of Chat:Notifications:Endpoints");
        await endpoint.PostAsync(payload.EventId, await previews.FillAsync(payload, ct), ct);
    }
}
