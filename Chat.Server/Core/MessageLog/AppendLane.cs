using System.Threading.Channels;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Core.MessageLog;

/// <summary>One loop that owns a share of the conversations: whatever it commits first it also publishes
/// first.</summary>
/// <remarks>Group commit without a timer: a batch is whatever arrived while the last commit ran.</remarks>
internal sealed class AppendLane(LaneContext context)
{
    private readonly BatchCommit _commit = new(context);

    private readonly Channel<PendingAppend> _pending = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(context.Options.LaneCapacity)
        {
            SingleReader = true, FullMode = BoundedChannelFullMode.Wait
        });

    /// <summary>Fixes the draft's place in the order. Waits for room when the lane is full, and refuses when that takes
    /// too long.</summary>
    public ValueTask EnqueueAsync(PendingAppend append, CancellationToken ct) =>
        _pending.Writer.TryWrite(append) ? ValueTask.CompletedTask : WaitForRoomAsync(append, ct);

    /// <summary>No more drafts; the loop ends when those it has are committed.</summary>
    public void Complete() => _pending.Writer.TryComplete();

    public async Task RunAsync(CancellationToken ct)
    {
        var batch = new List<PendingAppend>(context.Options.MaxBatch);
        while (await _pending.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < context.Options.MaxBatch && _pending.Reader.TryRead(out var next))
            {
                batch.Add(next);
                // What follows a removal is checked against it: it is committed after it.
                if (next.Draft.Content.Kind == EntryKind.ParticipantRemoved) break;
            }
            await CommitAsync(batch, ct);
            batch.Clear();
        }
    }

    /// <summary>The lane owns what it has taken from its channel: afterwards all of it is answered, and the lane goes
    /// on.</summary>
    private async ValueTask CommitAsync(List<PendingAppend> batch, CancellationToken ct)
    {
        try
        {
            await _commit.RunAsync(FoldRepeats(batch), ct);
        }
        catch (Exception e)
        {
            foreach (var append in batch) append.Fail(ChatException.Internal(BatchCommit.NotKnown, e));
        }
    }

    private async ValueTask WaitForRoomAsync(PendingAppend append, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(context.Options.FullLaneMilliseconds),
            context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            await _pending.Writer.WriteAsync(append, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw ChatException.Internal(
                "the server cannot store messages fast enough now; nothing was stored, try again later");
        }
        catch (ChannelClosedException)
        {
            throw ChatException.Internal("the server is shutting down; nothing was stored, connect again");
        }
    }

    /// <summary>Equal dedupe keys in one batch would break the unique index: only the first goes to the store, the
    /// others follow it.</summary>
    private static List<PendingAppend> FoldRepeats(List<PendingAppend> batch)
    {
        Dictionary<(ConversationId, UserId, string), PendingAppend>? first = null;
        var folded = new List<PendingAppend>(batch.Count);
        foreach (var append in batch)
        {
            if (append.Identity is not { } identity || (first ??= []).TryAdd(identity, append)) folded.Add(append);
            else append.Follow(first[identity]);
        }
        return folded;
    }
}
