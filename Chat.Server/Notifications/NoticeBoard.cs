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
        foreach (var conversation in _noted.Keys)
        {
            if (!_noted.TryRemove(conversation, out var after)) continue;
            try
            {
                await queue.EnqueueAsync(
                    GatherTask.Type, new GatherTask(conversation.Value, after), NotificationJson.Default.GatherTask,
                    GatherTask.PlanFor(conversation, options), CancellationToken.None);
            }
            catch (StoreException e)
            {
                Log.NotEnqueued(logger, e);
                return; // the sweep finds it
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9100, LogLevel.Warning,
            "Notifications could not be enqueued; the next sweep retries within minutes")]
        public static partial void NotEnqueued(ILogger logger, Exception exception);
    }
}
