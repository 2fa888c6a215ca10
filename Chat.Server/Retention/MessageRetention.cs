using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Retention;

/// <summary>Erases the content of old messages: text, attachment and its metadata. The log keeps every sequence, so
/// that no reader finds a hole.</summary>
internal sealed class MessageRetention(
    RetentionStore store, JobCursors cursors, RetentionOptions options, TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "retention.messages";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private const string Cursor = "retention/messages";
    private const int Page = 1_000;

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        if (options.MessageDays == 0) return;
        var until = time.GetUtcNow() - TimeSpan.FromDays(options.MessageDays);
        var from = await cursors.FindAsync(Cursor, ct);
        // In pages, so that no transaction holds up those who send.
        while (await store.EraseAsync(Microseconds.FromUnix(from ?? 0), until, Page, ct) == Page)
            ct.ThrowIfCancellationRequested();
        await cursors.TryMoveAsync(Cursor, from, Microseconds.ToUnix(until), effect: null, ct);
    }
}
