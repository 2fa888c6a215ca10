using System.Text.Json;
using Chat.Server.Persistence;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Makes tasks of notices, one for each address.</summary>
internal sealed class NoticePost(ITaskQueue queue, TaskQueues queues, NotificationsOptions options)
{
    private readonly IReadOnlyList<WebhookAddress> _addresses = options.Addresses();

    /// <summary>Before the first is added: all instances are to know the queues.</summary>
    public ValueTask PrepareAsync(CancellationToken ct) =>
        queues.EnsureAsync(_addresses.Select(address => address.Queue), ct);

    /// <summary>Adds them to a transaction. <see cref="Wake"/> when it is committed.</summary>
    public void Add(ChatDbContext db, IEnumerable<UnreadNotice> notices)
    {
        foreach (var notice in notices)
        {
            var body = JsonSerializer.Serialize(notice, NotificationJson.Default.UnreadNotice);
            foreach (var address in _addresses)
                queue.Add(db, DeliverTask.Type,
                    new DeliverTask(address.Id, notice.EventId, body)
                    {
                        WithPreviews = options.PreviewCharacters > 0,
                    },
                    NotificationJson.Default.DeliverTask, DeliverTask.PlanFor(address, options));
        }
    }

    public void Wake() => queue.Wake();
}
