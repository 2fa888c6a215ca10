using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Finds conversations whose newest messages nobody looked at, because the instance that had noted them was
/// lost.</summary>
internal sealed class NoticeSweep(
    NotificationStore store, JobCursors cursors, ITaskQueue queue, NotificationsOptions options, TimeProvider time)
    : ITaskHandler<byte[]>
{
    public const string Type = "notifications.sweep";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    private const int Together = 500;

    /// <summary>How far it looks back: what is older is no news any more.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromHours(1);

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        var since = time.GetUtcNow() - LooksBack;
        foreach (var some in (await store.FindActiveAsync(since, ct)).Chunk(Together))
        {
            var found = await cursors.FindAsync([.. some.Select(active => GatherTask.CursorOf(active.Id))], ct);
            foreach (var active in some)
            {
                long? cursor = found.TryGetValue(GatherTask.CursorOf(active.Id), out var position) ? position : null;
                if (cursor >= active.LastSequence) continue;
                var after = cursor ?? await store.FirstSinceAsync(active.Id, since, ct) - 1;
                if (after is null) continue;
                await queue.EnqueueAsync(GatherTask.Type, new GatherTask(active.Id.Value, after.Value),
                    NotificationJson.Default.GatherTask, GatherTask.PlanFor(active.Id, options), ct);
            }
        }
    }
}
