using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Does what versions before this one have stored as tasks.</summary>
internal sealed class GatherHandler(NoticeBoard board, NotificationsOptions options) : ITaskHandler<GatherTask>
{
    public Task HandleAsync(GatherTask payload, TaskRun run, CancellationToken ct)
    {
        if (options.IsOn) board.Note(new Noted(payload.Conversation, payload.After, run.EnqueuedAt));
        return Task.CompletedTask;
    }
}
