using System.Diagnostics;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut;
using Chat.Server.Memory;

namespace Chat.Server.Connections;

/// <summary>The messages of which only a part has arrived, on all transports: bounded in time, and together in
/// bytes.</summary>
/// <remarks>When the bytes are used up, the oldest are dropped: a message that is sent without a pause is never among
/// them.</remarks>
internal sealed partial class UnfinishedMessages(
    MemoryBudget memory, BackgroundWork background, TimeProvider time, ILogger<UnfinishedMessages> logger)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<UnfinishedMessage> _oldest = [];
    private long _ending; // bytes of those whose end is on its way

    public void Hold(UnfinishedMessage message, long bytes)
    {
        List<UnfinishedMessage>? cut;
        lock (_gate)
        {
            if (message.Place is null)
            {
                message.Since = time.GetTimestamp();
                message.Place = _oldest.AddLast(message);
            }
            Weigh_NeedsLock(message, bytes);
            cut = MakeRoom_NeedsLock();
        }
        if (cut is null) return;
        foreach (var one in cut) one.Cut();
        Log.Cut(logger, cut.Count);
    }

    public void Complete(UnfinishedMessage message)
    {
        if (message.Place is null) return; // set by the caller
        lock (_gate)
        {
            Weigh_NeedsLock(message, 0);
            _oldest.Remove(message.Place);
            message.Place = null;
            message.IsEnding = false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            var late = TakeLate();
            foreach (var one in late) background.Watch(one.EndAsync(Words, background.Stopping));
            if (late.Count > 0) Log.Late(logger, late.Count, ChatLimits.MessageSeconds);
        }
    }

    private static string Words => $"a message must be complete within {ChatLimits.MessageSeconds} s";

    private List<UnfinishedMessage> TakeLate()
    {
        var late = new List<UnfinishedMessage>();
        lock (_gate)
            foreach (var message in _oldest)
            {
                if (time.GetElapsedTime(message.Since) < TimeSpan.FromSeconds(ChatLimits.MessageSeconds)) break;
                if (!message.IsEnding) End_NeedsLock(message, late);
            }
        return late;
    }

    private List<UnfinishedMessage>? MakeRoom_NeedsLock()
    {
        List<UnfinishedMessage>? cut = null;
        for (var place = _oldest.First; place is not null && IsFull_NeedsLock; place = place.Next)
            if (!place.Value.IsEnding)
            {
                End_NeedsLock(place.Value, cut ??= []);
                memory.Unfinished.CountRefusal();
            }
        return cut;
    }

    private bool IsFull_NeedsLock => memory.Unfinished.Held - _ending > memory.Unfinished.Limit;

    private void End_NeedsLock(UnfinishedMessage message, List<UnfinishedMessage> ended)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        message.IsEnding = true;
        _ending += message.Bytes;
        ended.Add(message);
    }

    private void Weigh_NeedsLock(UnfinishedMessage message, long bytes)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        memory.Unfinished.Add(bytes - message.Bytes);
        if (message.IsEnding) _ending += bytes - message.Bytes;
        message.Bytes = bytes;
    }

    private static partial class Log
    {
        [LoggerMessage(3021, LogLevel.Information,
            "{Count} messages were not complete within {Seconds} s; their connections are ended")]
        public static partial void Late(ILogger logger, int count, int seconds);

        [LoggerMessage(3022, LogLevel.Warning,
            "Unfinished messages hold more than Chat:Memory:UnfinishedBytes; the connections of the {Count} oldest "
            + "are cut")]
        public static partial void Cut(ILogger logger, int count);
    }
}
