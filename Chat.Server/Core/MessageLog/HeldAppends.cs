using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Server.Core.MessageLog;

/// <summary>The drafts of a lane whose conversation is locked by another session, which may have been stopped. They
/// keep their order and do not delay other conversations.</summary>
/// <remarks>While there are any, new drafts are checked for a lock first. Owned by the lane's loop.</remarks>
internal sealed partial class HeldAppends(LaneContext context, Func<PendingAppend, bool> endsBatch)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(context.Options.FullLaneMilliseconds);
    private List<PendingAppend> _held = [];

    public int Count => _held.Count;

    public bool IsEmpty => Count == 0;

    /// <summary>When to check again; null when nothing is held.</summary>
    public Task? Retry() => IsEmpty ? null : Task.Delay(RetryDelay, context.Time, CancellationToken.None);

    /// <summary>Behind the drafts that are already held.</summary>
    public void Add(List<PendingAppend> taken) => _held.AddRange(taken);

    /// <summary>Takes back the drafts that a commit could not store because of a lock, before the held ones, which are
    /// newer.</summary>
    public void PutBack(List<PendingAppend> appends, StoreException cause)
    {
        Log.MetLock(context.Logger, appends.Count, cause);
        var kept = new List<PendingAppend>(appends.Count);
        foreach (var append in appends) KeepOrRefuse(append, kept);
        _held.InsertRange(0, kept);
    }

    /// <summary>The next batch of drafts whose conversation is not locked now, in order; empty when there is
    /// none.</summary>
    public async Task<List<PendingAppend>> TakeFreeAsync(CancellationToken ct)
    {
        if (IsEmpty) return [];
        var locked = await FindLockedAsync(ct);
        var free = new List<PendingAppend>();
        var kept = new List<PendingAppend>();
        var isFull = false;
        foreach (var append in _held)
        {
            if (locked.Contains(append.Draft.ConversationId)) KeepOrRefuse(append, kept);
            else if (isFull) kept.Add(append);
            else
            {
                free.Add(append);
                isFull = endsBatch(append) || free.Count == context.Options.MaxBatch;
            }
        }
        _held = kept;
        return free;
    }

    private async Task<HashSet<ConversationId>> FindLockedAsync(CancellationToken ct)
    {
        try
        {
            return await context.Store.FindLockedAsync(_held.ConvertAll(static append => append.Draft), ct);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            return []; // the commit uses the same database, and reports its failure
        }
    }

    private void KeepOrRefuse(PendingAppend append, List<PendingAppend> kept)
    {
        append.HeldSince ??= context.Time.GetTimestamp();
        if (kept.Count < context.Options.LaneCapacity
            && context.Time.GetElapsedTime(append.HeldSince.Value) < _patience) kept.Add(append);
        else append.Fail(ChatException.Internal("another server process holds the conversation; nothing was stored, "
            + "try again later"));
    }

    private static partial class Log
    {
        [LoggerMessage(4005, LogLevel.Warning,
            "A commit of {Count} met a lock of another session; conversations without a lock go on")]
        public static partial void MetLock(ILogger logger, int count, Exception cause);
    }
}
