using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Retention;

/// <summary>Erases the content of old messages: text, attachment and its metadata. The log keeps every sequence, so
/// that readers find no hole.</summary>
internal sealed class MessageRetention(
    RetentionStore store, IEntryCache cache, JobCursors cursors, RetentionOptions options, TimeProvider time)
    : ITaskHandler<byte[]>
{
    public const string Type = "retention.messages";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>The job's cursor: a time.</summary>
    public const string Cursor = "retention/messages";

    private const int Page = 1_000;

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        if (options.MessageDays == 0) return;
        var until = time.GetUtcNow() - TimeSpan.FromDays(options.MessageDays);
        var stored = await cursors.FindAsync(Cursor, ct);
        var from = (Time: Microseconds.FromUnix(stored ?? 0), Id: 0L);
        // In pages, so that no transaction delays senders.
        while (true)
        {
            var page = await store.FindAsync(from, until, Page, ct);
            await EraseAsync(page.FindAll(entry => entry.HasContent), ct);
            if (page.Count > 0) from = (page[^1].CreatedAt, page[^1].Id);
            var isDone = page.Count < Page;
            var reached = Microseconds.ToUnix(isDone ? until : from.Time);
            // With each page, so that an interrupted run continues from there.
            if (!await cursors.TryMoveAsync(Cursor, stored, reached, effect: null, ct) || isDone) return;
            stored = reached;
        }
    }

    /// <summary>Marked first, so that other instances do not show erased content if this one fails in
    /// between.</summary>
    private async Task EraseAsync(List<OldEntry> page, CancellationToken ct)
    {
        if (page.Count == 0) return;
        var upTo = page.GroupBy(m => m.ConversationId)
            .ToDictionary(group => group.Key, group => group.Max(m => m.Sequence));
        await store.MarkAsync(upTo, ct);
        await store.EraseAsync(page, ct);
        cache.Forget(upTo);
    }
}
