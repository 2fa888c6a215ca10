using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Tells of what is new in a conversation.</summary>
internal sealed class GatherHandler(NoticeGatherer gatherer) : ITaskHandler<GatherTask>
{
    public Task HandleAsync(GatherTask payload, TaskRun run, CancellationToken ct) =>
        gatherer.GatherAsync(payload, ct);
}
