using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Has each conversation with a new message wait in the queue until its messages have gathered. One that waits
/// already is left as it is.</summary>
internal sealed class NoticeObserver(NotificationStore store, ITaskQueue queue, NotificationsOptions options)
    : IChatObserver
{
    /// <summary>Names its mark.</summary>
    public const string Name = "notifications";

    public async Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        var first = entries.Where(entry => entry.ConversationId != ConversationId.Lobby)
            .DistinctBy(entry => entry.ConversationId).ToList();
        if (first.Count == 0) return;
        var told = await store.FindToldAsync([.. first.Select(entry => entry.ConversationId)], ct);
        await Task.WhenAll(first.Where(entry => told.Contains(entry.ConversationId)).Select(entry =>
        {
            var task = new GatherTask(entry.ConversationId.Value, entry.Sequence - 1);
            return queue.EnqueueAsync(GatherTask.Type, task, NotificationJson.Default.GatherTask,
                task.PlanFor(entry.CreatedAt + options.Gather), ct).AsTask();
        }));
    }
}
