using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Notes in which conversations something was stored here, and has them looked at.</summary>
/// <remarks>Memory only: what an instance that is killed had noted, <see cref="NoticeSweep"/> finds in the
/// log.</remarks>
internal sealed partial class NoticeBoard(
    ITaskQueue queue, NotificationsOptions options, TimeProvider time, ILogger<NoticeBoard> logger)
    : BackgroundService, ICommitObserver
{
    private const int Together = 512;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ConversationId, long> _noted = new();

    public void Committed(IReadOnlyList<ConversationEntry> entries)
    {
        foreach (var entry in entries)
            if (entry is MessageEntry) _noted.TryAdd(entry.ConversationId, entry.Sequence - 1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken)) await EnqueueAsync();
        }
        catch (OperationCanceledException)
        {
            await EnqueueAsync();
        }
    }

    private async Task EnqueueAsync()
    {
        try
        {
            // Many at a time: those that the queue is handed together are stored together.
            foreach (var some in _noted.Keys.Chunk(Together)) await Task.WhenAll(some.Select(EnqueueAsync));
        }
        catch (StoreException e)
        {
            Log.NotEnqueued(logger, e); // the sweep finds it
        }
    }

    private async Task EnqueueAsync(ConversationId conversation)
    {
        if (!_noted.TryRemove(conversation, out var after)) return;
        await queue.EnqueueAsync(
            GatherTask.Type, new GatherTask(conversation.Value, after), NotificationJson.Default.GatherTask,
            GatherTask.PlanFor(conversation, options), CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(9100, LogLevel.Warning,
            "Notifications could not be enqueued; the next sweep retries within minutes")]
        public static partial void NotEnqueued(ILogger logger, Exception exception);
    }
}
