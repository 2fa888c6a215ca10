using System.Threading.Channels;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Concurrency;
using Chat.Server.Persistence;

namespace Chat.Server.Core.MessageLog;

/// <summary>One loop that owns a share of the conversations. It publishes in the order in which it commits.</summary>
internal sealed class AppendLane
{
    /// <summary>Approximate characters per batch.</summary>
    private const int BatchLength = 512 * 1024;

    private readonly LaneContext _context;
    private readonly Action<int, TimeSpan>? _committed;
    private readonly BatchCommit _commit;
    private readonly QuietBatches _sets;
    private readonly HeldAppends _held;
    private readonly GroupCommit<PendingAppend> _pending;
    private readonly AppendLane? _beside;
    private readonly QuietLane? _quietLane; // the way to that one
    private readonly bool _isQuiet; // it is that one
    private readonly Dictionary<(ConversationId, UserId, string), PendingAppend> _firsts = []; // of one batch
    private int _length; // of the batch that is being built
    private int _here; // drafts that wait, are held, or are being committed; asked where there is a lane beside

    private AppendLane(
        LaneContext context, QuietMessages? quiet, AppendLane? beside, Action<int, TimeSpan>? committed)
    {
        (_context, _beside, _committed) = (context, beside, committed);
        _isQuiet = quiet is not null && beside is null;
        if (beside is not null) _quietLane = new QuietLane(beside, quiet!);
        _commit = new BatchCommit(context, quiet);
        _sets = new QuietBatches(_commit, context);
        _held = new HeldAppends(context, EndsBatch);
        _pending = new(new GroupCommitSize(context.Options.LaneCapacity, context.Options.MaxBatch),
            static append => append.Draft.SenderId.Value, CommitAsync, EndsBatch, _held.Retry);
    }

    /// <param name="context">What all lanes share.</param>
    /// <param name="quiet">Which reactions need no entry of their own: a lane beside this one stores these; null: all
    /// are stored with all else.</param>
    /// <param name="committed">Called after each batch that met no lock: how many there were, and how long they took
    /// from their coming on, added up.</param>
    public static AppendLane Of(LaneContext context, QuietMessages? quiet, Action<int, TimeSpan> committed) =>
        new(context, quiet, quiet is null ? null : new AppendLane(context, quiet, null, null), committed);

    /// <summary>Whether drafts wait for a locked conversation. A hint: it changes at any time.</summary>
    public bool IsHolding => !_held.IsEmpty || _beside is { IsHolding: true };

    /// <summary>Fixes the draft's place in the order of its sender; senders are served in turn. Waits for room when the
    /// lane is full, and refuses when that takes too long.</summary>
    /// <exception cref="ChannelClosedException">The lane is completed.</exception>
    public ValueTask EnqueueAsync(PendingAppend append, CancellationToken ct)
    {
        var hasRoom = append.TryTakeRoom();
        // Where nothing is here that it could overtake.
        if (hasRoom && Volatile.Read(ref _here) == 0 && _quietLane?.TryTake(append) == true)
            return ValueTask.CompletedTask;
        Interlocked.Increment(ref _here);
        return hasRoom && _pending.TryAdd(append) ? ValueTask.CompletedTask : WaitForRoomAsync(append, ct);
    }

    /// <summary>Accepts no more drafts; the loop ends when all are committed.</summary>
    public void Complete() => _pending.Complete();

    public async Task RunAsync(CancellationToken ct)
    {
        var beside = _beside?.RunAsync(ct);
        await _pending.RunAsync(ct);
        if (beside is null) return;
        _beside!.Complete();
        await beside;
    }

    /// <summary>Takes what had its place, and its room in memory, in another lane; false: it is full.</summary>
    public bool TryAddMoved(PendingAppend append) => _pending.TryAdd(append);

    /// <summary>Waits until it has taken that.</summary>
    public ValueTask AddMovedAsync(PendingAppend append) => _pending.AddAsync(append, CancellationToken.None);

    private bool EndsBatch(PendingAppend append)
    {
        _length += append.Draft.Content.Length;
        var ends = _length >= BatchLength || append.Draft.Content.EndsBatch;
        if (ends) _length = 0;
        return ends;
    }

    /// <summary>The lane owns the drafts that it has taken from its channel: each is answered, or held because its
    /// conversation is locked, and the lane continues.</summary>
    private async Task CommitAsync(List<PendingAppend> taken, CancellationToken ct)
    {
        var count = taken.Count + _held.Count;
        await HandleAsync(taken, ct);
        Interlocked.Add(ref _here, _held.Count - count);
    }

    private async Task HandleAsync(List<PendingAppend> taken, CancellationToken ct)
    {
        _length = 0;
        if (_quietLane is not null) taken = await _quietLane.TakeAsync(taken, isOpen: _held.IsEmpty);
        if (_held.IsEmpty)
        {
            await TryCommitAsync(taken, ct);
            if (_held.IsEmpty) Report(taken);
        }
        else _held.Add(taken);
        while (await _held.TakeFreeAsync(ct) is { Count: > 0 } free) await TryCommitAsync(free, ct);
        await _sets.PauseAsync();
        _length = 0;
    }

    private void Report(List<PendingAppend> batch)
    {
        if (batch.Count == 0 || _committed is null) return;
        var now = _context.Time.GetTimestamp();
        var waited = batch.Sum(append => now - append.Since);
        _committed(batch.Count, TimeSpan.FromSeconds((double)waited / _context.Time.TimestampFrequency));
    }

    private async Task TryCommitAsync(List<PendingAppend> taken, CancellationToken ct)
    {
        for (var left = taken; left.Count > 0;)
        {
            var batch = AmendmentOrder.TakeBatch(ref left);
            try
            {
                await RunAsync(FoldRepeats(batch), ct);
            }
            catch (StoreException e) when (e.Failure == StoreFailure.Locked)
            {
                _held.PutBack([.. batch.FindAll(append => !append.HasEnded), .. left], e);
                return;
            }
            catch (Exception e)
            {
                foreach (var append in batch) append.Fail(ChatException.Internal(BatchCommit.NotKnown, e));
            }
        }
    }

    /// <summary>Beside another lane reactions are stored quietly. As within one batch, they come first.</summary>
    private async Task RunAsync(List<PendingAppend> batch, CancellationToken ct)
    {
        if (_isQuiet)
        {
            await _sets.RunAsync(batch.FindAll(static append => append.MayBeQuiet), ct);
            batch = batch.FindAll(static append => !append.MayBeQuiet);
        }
        await _commit.RunAsync(batch, quietly: false, ct);
    }

    private async ValueTask WaitForRoomAsync(PendingAppend append, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(_context.Options.FullLaneMilliseconds),
            _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            await append.TakeRoomAsync(either.Token);
            await _pending.AddAsync(append, either.Token);
        }
        catch (OperationCanceledException)
        {
            Leave(append);
            if (ct.IsCancellationRequested) throw;
            throw ChatException.Internal(
                "the server cannot store messages fast enough now; nothing was stored, try again later");
        }
        catch (ChannelClosedException)
        {
            Leave(append);
            throw;
        }
    }

    private void Leave(PendingAppend append)
    {
        append.ReturnRoom();
        Interlocked.Decrement(ref _here);
    }

    /// <summary>Equal dedupe keys in one batch would violate the unique index: only the first goes to the store, the
    /// others get its outcome.</summary>
    private List<PendingAppend> FoldRepeats(List<PendingAppend> batch)
    {
        if (!batch.Exists(static append => append.Draft.Content.DedupeKey is not null)) return batch;
        _firsts.Clear();
        var folded = new List<PendingAppend>(batch.Count);
        foreach (var append in batch)
        {
            if (append.Identity is not { } identity || _firsts.TryAdd(identity, append)) folded.Add(append);
            else if (append.IsLike(_firsts[identity])) append.Follow(_firsts[identity]);
            else append.Fail(new ChatException(AmendmentRules.KeyTaken()));
        }
        _firsts.Clear();
        return folded;
    }
}
