using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Memory;

namespace Chat.Server.Connections;

/// <summary>Room for the answers that are made and not taken by their clients yet, on all transports: bounded in bytes
/// for each connection and for all together.</summary>
/// <remarks>An answer waits for the room that one of its kind may need at most, before it is read; so those that are
/// being read are bounded too. Where room is wanted and there is none, those go whose clients take them slower than
/// 64 KiB/s: a client that takes 100 KB/s is never among them.</remarks>
internal sealed partial class Answers(MemoryBudget memory, TimeProvider time, ILogger<Answers> logger)
    : BackgroundService
{
    /// <summary>The largest page of a log: its strings (2 bytes a character), and all of it encoded with each character
    /// escaped (6).</summary>
    public const int Page = 9 * ChatLimits.PageBytes;

    /// <summary>The largest page of a list of conversations.</summary>
    public const int List = 4 * 1024 * 1024;

    /// <summary>The largest list of users.</summary>
    public const int Users = 3 * 1024 * 1024;

    /// <summary>The largest page of reports, whose messages are cut as in lists.</summary>
    public const int Reports = List;

    /// <summary>The largest entry that a client can send.</summary>
    public const int Entry = 1024 * 1024;

    /// <summary>What the answers of one connection may hold. A further one is begun once the rest is small.</summary>
    public const int OfConnection = Page + 1024 * 1024;

    private const int LeastPerSecond = 64 * 1024;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly LinkedList<AnswerRoom> _underWay = [];

    /// <summary>Waits until the answer has room: for what is under way to the same client as long as that takes, then
    /// in turn with all others.</summary>
    /// <param name="most">What such an answer may hold.</param>
    /// <param name="owner">For whom: those who wait are given room in turn.</param>
    /// <param name="own">What the answers of its connection hold; null for one that is its connection's only
    /// one.</param>
    /// <param name="cut">Ends the connection at once.</param>
    /// <param name="ct">Cancelled when the client is gone.</param>
    /// <exception cref="ChatException">There was none in 10 s.</exception>
    public async ValueTask<AnswerRoom> TakeAsync(
        long most, string owner, MemoryPart? own, Action cut, CancellationToken ct)
    {
        if (own is not null) await own.TakeAsync(most, owner, ct);
        try
        {
            if (!memory.Answers.TryTake(most)) await WaitAsync(most, owner, ct);
        }
        catch
        {
            own?.Return(most);
            throw;
        }
        return new AnswerRoom(this, own, cut, most);
    }

    internal void Begin(AnswerRoom room, long change)
    {
        memory.Answers.Return(-change);
        room.Due = time.GetTimestamp()
            + (long)((Grace.TotalSeconds + (double)room.Ahead / LeastPerSecond) * time.TimestampFrequency);
        lock (_gate) room.Place ??= _underWay.AddLast(room);
    }

    internal void End(AnswerRoom room)
    {
        memory.Answers.Return(room.Bytes);
        if (room.Place is { } place)
            lock (_gate) _underWay.Remove(place);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
            if (memory.Answers.IsWanted) CutSlow();
    }

    private async Task WaitAsync(long most, string owner, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            await memory.Answers.TakeAsync(most, owner, either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ChatException(
                ChatError.WithRetry(ChatErrorCode.RateLimited, "too many answers are under way", Retry), e);
        }
    }

    private void CutSlow()
    {
        List<AnswerRoom> slow;
        var now = time.GetTimestamp();
        lock (_gate) slow = [.. _underWay.Where(room => room.Due < now)];
        foreach (var room in slow)
        {
            room.Due = long.MaxValue; // once
            room.Cut();
            memory.Answers.CountRefusal();
        }
        if (slow.Count > 0) Log.Cut(logger, slow.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(3023, LogLevel.Warning,
            "Answers hold more than Chat:Memory:AnswerBytes; {Count} whose clients take less than 64 KiB/s are cut")]
        public static partial void Cut(ILogger logger, int count);
    }
}
