using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Finds conversations whose newest messages were not processed, because the instance that had collected them
/// was lost.</summary>
internal sealed class NoticeSweep(
    NotificationStore store, JobCursors cursors, NoticeBoard board, NotificationsOptions options, TimeProvider time)
    : ITaskHandler<byte[]>
{
    public const string Type = "notifications.sweep";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    private const int Together = 500;

    /// <summary>How far it looks back, beside the time in which messages gather: what is older is no news any
    /// more.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromHours(1);

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        if (!options.IsOn) return;
        var now = time.GetUtcNow();
        var since = now - LooksBack - options.Gather;
        foreach (var some in (await store.FindActiveAsync(since, ct)).Chunk(Together))
        {
            var found = await cursors.FindAsync([.. some.Select(active => GatherTask.CursorOf(active.Id))], ct);
            var untold = some.Where(active => CursorOf(active.Id) is null).Select(active => active.Id).ToList();
            var first = await store.FirstSinceAsync(untold, since, ct);
            foreach (var active in some)
            {
                var after = CursorOf(active.Id) ?? (first.TryGetValue(active.Id, out var it) ? it - 1 : (long?)null);
                if (after < active.LastSequence) board.Note(new Noted(active.Id, after.Value, now));
            }

            long? CursorOf(ConversationId id) =>
                found.TryGetValue(GatherTask.CursorOf(id), out var position) ? position : null;
        }
    }
}
